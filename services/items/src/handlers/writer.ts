import { writeItem } from '@app/contracts/messages/writeItem';
import { createQueueHandler } from '@app/middleware';
import { writes } from '../queues/composition.ts';
import { deadLetter, write } from '../workers/composition.ts';

export const handler = createQueueHandler({
  worker: 'writer',
  queue: writes,
  message: writeItem,
  handle: write,
  giveUp: (command, trace) => deadLetter.afterReceives(command, trace),
});
