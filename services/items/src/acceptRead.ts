import { createQueue, sqsClient } from '@app/queue';
import { createAccept } from './accept.ts';
import { config } from './config.ts';
import { requests } from './requests.ts';
import { untilCompleted } from './waiting.ts';

export const acceptRead = createAccept({
  requests,
  queue: createQueue(sqsClient, config.readsQueueUrl),
  sendOptions: () => ({}),
  untilCompleted,
});
