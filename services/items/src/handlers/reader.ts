import { createQueueHandler } from '@app/middleware';
import { createQueue, sqsClient } from '@app/queue';
import { createReader } from '../answerRead.ts';
import { parseRead } from '../command.ts';
import { config } from '../config.ts';
import { announcer, giveUp, items, requests } from '../workers.ts';

export const handler = createQueueHandler({
  worker: 'reader',
  queue: createQueue(sqsClient, config.readsQueueUrl),
  parse: parseRead,
  handle: createReader({ items, requests, announcer }),
  giveUp: (command, trace) => giveUp.afterReceives(command, trace),
});
