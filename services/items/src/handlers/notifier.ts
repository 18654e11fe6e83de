import { notifyClients } from '@app/contracts/messages/notifyClients';
import { createQueueHandler } from '@app/middleware';
import { notify } from '../notifications/composition.ts';
import { notifications } from '../queues/composition.ts';

export const handler = createQueueHandler({
  worker: 'notifier',
  queue: notifications,
  message: notifyClients,
  handle: notify,
});
