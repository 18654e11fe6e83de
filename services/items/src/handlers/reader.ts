import { readItems } from '@app/contracts/messages/readItems';
import { createQueueHandler } from '@app/middleware';
import { reads } from '../queues/composition.ts';
import { deadLetter, read } from '../workers/composition.ts';

export const handler = createQueueHandler({
  worker: 'reader',
  queue: reads,
  message: readItems,
  handle: read,
  giveUp: (command, trace) => deadLetter.afterReceives(command, trace),
});
