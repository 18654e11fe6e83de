import { readItems } from '@app/contracts/messages/readItems';
import { writeItem } from '@app/contracts/messages/writeItem';
import { config } from '../config.ts';
import type { ReadCommand, WriteCommand } from '../queues/command.ts';
import { reads, writes } from '../queues/composition.ts';
import { requests } from '../requests/composition.ts';
import { workerClient } from '../workerClient.ts';
import { createAccept } from './createAccept.ts';
import { createUntilCompleted } from './createUntilCompleted.ts';
import { createWaitingPlaceRepository } from './waitingPlaceRepository.ts';

// PURE: a function's bundle has only what it uses.

/** By a worker's client: without a place the answer is a 202, which is better had soon than after many attempts. */
const places = /* @__PURE__ */ createWaitingPlaceRepository({
  client: workerClient,
  TableName: config.requestsTable,
  most: config.maxWaiters,
});

const untilCompleted = /* @__PURE__ */ createUntilCompleted({ requests, places });

export const acceptRead = /* @__PURE__ */ createAccept<ReadCommand>({
  requests,
  send: (command, trace) => reads.send(readItems, command, trace),
  untilCompleted,
});

/** Commands of one item stay in their order; a command that is sent again within five minutes is the same message. */
export const acceptWrite = /* @__PURE__ */ createAccept<WriteCommand>({
  requests,
  send: (command, trace) =>
    writes.send(writeItem, command, trace, { group: command.itemId, deduplication: command.requestId }),
  untilCompleted,
});
