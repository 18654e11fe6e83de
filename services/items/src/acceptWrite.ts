import { createQueue, sqsClient } from '@app/queue';
import { createAccept } from './accept.ts';
import { itemIdOf } from './command.ts';
import { config } from './config.ts';
import { requests } from './requests.ts';
import { untilCompleted } from './waiting.ts';

/** Commands of one item stay in their order; a command that is sent again within five minutes is the same message. */
export const acceptWrite = createAccept({
  requests,
  queue: createQueue(sqsClient, config.writesQueueUrl),
  sendOptions: (command) => ({ group: itemIdOf(command) ?? '', deduplication: command.requestId }),
  untilCompleted,
});
