import type { Trace } from '@app/observability';
import type { Queue } from '@app/queue';

/** Tells all that subscribed to a request what it has come to. */
export interface Announcement {
  readonly operation: 'announce';
  readonly requestId: string;
  /** Only those whose connection ids come after this one: the others are another announcement's. */
  readonly after?: string;
}

/**
 * Tells one connection: one that came when the request was complete already, one that asked for a request that there is
 * not, or one that an announcement did not reach.
 */
export interface Answer {
  readonly operation: 'answer';
  readonly requestId: string;
  readonly owner: string;
  readonly connectionId: string;
  readonly connectedAt: string;
  /** How often it was tried before; none when absent. */
  readonly attempts?: number;
}

export type Notice = Announcement | Answer;

/** Notices carry no results: the notifier reads them from the request's row, so that what is pushed can be fetched as well. */
export const createAnnouncer = (notifications: Pick<Queue, 'send'>) => ({
  announce: (requestId: string, trace: Trace, after?: string) =>
    notifications.send({ operation: 'announce', requestId, ...(after && { after }) } satisfies Announcement, {
      ...trace,
      requestId,
    }),

  /** `delay` in seconds. */
  answer: (notice: Omit<Answer, 'operation'>, trace: Trace, delay?: number) =>
    notifications.send({ operation: 'answer', ...notice } satisfies Answer, trace, delay ? { delay } : {}),
});

export type Announcer = ReturnType<typeof createAnnouncer>;

const isCount = (value: unknown) => value === undefined || (Number.isSafeInteger(value) && Number(value) >= 0);
const isText = (value: unknown) => typeof value === 'string' && value !== '';

const isNotice = (notice: Partial<Notice>) => {
  if (notice.operation === 'announce') return notice.after === undefined || isText(notice.after);
  return notice.operation === 'answer' && isText(notice.connectionId) && isCount(notice.attempts);
};

export const parseNotice = (body: string): Notice => {
  const notice = JSON.parse(body) as Notice;
  if (!isText(notice.requestId) || !isNotice(notice)) throw new Error('This is no notice');
  return notice;
};
