import { config } from '../config.ts';
import { createItemRepository } from '../items/itemRepository.ts';
import { announcer } from '../queues/composition.ts';
import { createRequestRepository } from '../requests/requestRepository.ts';
import { workerClient } from '../workerClient.ts';
import { createDeadLetter } from './createDeadLetter.ts';
import { createReader } from './createReader.ts';
import { createSweep } from './createSweep.ts';
import { createWriter } from './createWriter.ts';

// PURE: a function's bundle has only what it uses.
const items = /* @__PURE__ */ createItemRepository(workerClient, config.itemsTable);
const requests = /* @__PURE__ */ createRequestRepository(workerClient, config.requestsTable);

export const deadLetter = /* @__PURE__ */ createDeadLetter({ requests, announcer });
export const write = /* @__PURE__ */ createWriter({ items, requests, announcer });
export const read = /* @__PURE__ */ createReader({ items, requests, announcer });
export const sweep = /* @__PURE__ */ createSweep({ requests, deadLetter });
