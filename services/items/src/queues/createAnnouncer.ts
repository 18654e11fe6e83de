import type { MessageBody } from '@app/contracts';
import { notifyClients } from '@app/contracts/messages/notifyClients';
import type { Trace } from '@app/observability';
import type { Queue } from '@app/queue';

export type Notice = MessageBody<typeof notifyClients>;
export type Announcement = Extract<Notice, { readonly operation: 'announce' }>;
export type Answer = Extract<Notice, { readonly operation: 'answer' }>;

/** Notices carry no results: the notifier reads them from the request's row, so that what is pushed can be fetched as well. */
export const createAnnouncer = (notifications: Pick<Queue, 'send'>) => ({
  announce: (requestId: string, trace: Trace, after?: string) =>
    notifications.send(notifyClients, { operation: 'announce', requestId, after }, { ...trace, requestId }),

  /** `delay` in seconds. */
  answer: (notice: Omit<Answer, 'operation'>, trace: Trace, delay?: number) =>
    notifications.send(notifyClients, { operation: 'answer', ...notice }, trace, delay ? { delay } : {}),
});

export type Announcer = ReturnType<typeof createAnnouncer>;
