import type { Trace } from '@app/observability';
import type { Queue } from '@app/queue';

/** Tells all that subscribed to a request what it has come to. */
export interface Announcement {
  readonly operation: 'announce';
  readonly requestId: string;
}

/** Tells one connection, which came when the request was complete already, or asked for one that there is not. */
export interface LateAnswer {
  readonly operation: 'answer';
  readonly requestId: string;
  readonly owner: string;
  readonly connectionId: string;
  readonly connectedAt: string;
}

export type Notice = Announcement | LateAnswer;

/** Notices carry no results: the notifier reads them from the request's row, so that what is pushed can be fetched as well. */
export const createAnnouncer = (notifications: Pick<Queue, 'send'>) => ({
  announce: (requestId: string, trace: Trace) =>
    notifications.send({ operation: 'announce', requestId } satisfies Announcement, { ...trace, requestId }),

  answer: (notice: Omit<LateAnswer, 'operation'>, trace: Trace) =>
    notifications.send({ operation: 'answer', ...notice } satisfies LateAnswer, trace),
});

export type Announcer = ReturnType<typeof createAnnouncer>;

export const parseNotice = (body: string): Notice => {
  const notice = JSON.parse(body) as Notice;
  const isAddressed = notice.operation === 'announce' || (notice.operation === 'answer' && notice.connectionId !== '');
  if (!isAddressed || typeof notice.requestId !== 'string') throw new Error('This is no notice');
  return notice;
};
