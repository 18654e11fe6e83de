import { createQueue, sqsClient } from '@app/queue';
import { config } from '../config.ts';
import { createAnnouncer } from './createAnnouncer.ts';

// PURE: a function's bundle has only what it uses.
export const writes = /* @__PURE__ */ createQueue(sqsClient, config.writesQueueUrl);
export const reads = /* @__PURE__ */ createQueue(sqsClient, config.readsQueueUrl);
export const notifications = /* @__PURE__ */ createQueue(sqsClient, config.notificationsQueueUrl);

export const announcer = /* @__PURE__ */ createAnnouncer(notifications);
