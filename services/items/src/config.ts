import { readEnv } from '@app/config';

const env = readEnv(
  'ITEMS_TABLE',
  'REQUESTS_TABLE',
  'CONNECTIONS_TABLE',
  'WRITES_QUEUE_URL',
  'READS_QUEUE_URL',
  'NOTIFICATIONS_QUEUE_URL',
  'WEBSOCKET_ENDPOINT',
  'MAX_WAITERS',
);

/** How many callers may wait for an answer at once; 0 lets nobody. */
const maxWaiters = Number(env.MAX_WAITERS);
if (!Number.isSafeInteger(maxWaiters) || maxWaiters < 0) throw new Error('MAX_WAITERS must be a whole number');

export const config = {
  itemsTable: env.ITEMS_TABLE,
  requestsTable: env.REQUESTS_TABLE,
  connectionsTable: env.CONNECTIONS_TABLE,
  writesQueueUrl: env.WRITES_QUEUE_URL,
  readsQueueUrl: env.READS_QUEUE_URL,
  notificationsQueueUrl: env.NOTIFICATIONS_QUEUE_URL,
  websocketEndpoint: env.WEBSOCKET_ENDPOINT,
  maxWaiters,
};
