import { createQueueHandler } from '@app/middleware';
import { createQueue, sqsClient } from '@app/queue';
import { createWriter } from '../carryOut.ts';
import { parseWrite } from '../command.ts';
import { config } from '../config.ts';
import { announcer, giveUp, items, requests } from '../workers.ts';

export const handler = createQueueHandler({
  worker: 'writer',
  queue: createQueue(sqsClient, config.writesQueueUrl),
  parse: parseWrite,
  handle: createWriter({ items, requests, announcer }),
  giveUp: (command, trace) => giveUp.afterReceives(command, trace),
});
