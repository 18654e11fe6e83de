import type { Item, ItemPage, ItemResult, listItems } from '@app/contracts/items';
import { encodeCursor, orNotFound, problemDocument } from '@app/http';
import { toProblem } from '@app/middleware';
import type { Trace } from '@app/observability';
import type { Page } from '@app/resource';
import type { ItemRepository } from '../items/itemRepository.ts';
import type { ReadCommand } from '../queues/command.ts';
import type { Announcer } from '../queues/createAnnouncer.ts';
import { requestOf } from '../requests/requestIdentity.ts';
import type { Completion, RequestRepository } from '../requests/requestRepository.ts';
import { conclude } from './conclude.ts';

interface Dependencies {
  readonly items: Pick<ItemRepository, 'get' | 'listNewestFirst'>;
  readonly requests: Pick<RequestRepository, 'complete'>;
  readonly announcer: Announcer;
}

/** Cursors belong to the operation that callers lead on with. */
const operationId: (typeof listItems)['operationId'] = 'listItems';

const largestPage = 64 * 1024; // bytes of JSON: a result is kept in the request's row

/** As many of the items as fit; at least one, which always does. */
const fitting = (items: readonly Item[]) => {
  let bytes = 0;
  return items.filter((item, index) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return index === 0 || bytes <= largestPage;
  });
};

const toPage = (owner: string, { items, lastKey }: Page<Item>): ItemPage => {
  const shown = fitting(items);
  const last = shown.at(-1);
  const key = shown.length < items.length && last ? [last.createdAt, last.itemId] : lastKey;
  const nextCursor = key && encodeCursor([operationId, owner, {}], key);
  return { items: shown, count: shown.length, ...(nextCursor && { nextCursor }) };
};

/** Answers a read: the result completes the request, if that is still open and was accepted with this very read, and is announced. */
export const createReader = ({ items, requests, announcer }: Dependencies) => {
  const read = async (command: ReadCommand): Promise<ItemResult> => {
    if (command.operation === 'get')
      return orNotFound(await items.get(command.owner, command.itemId), 'Item', command.itemId);
    const { owner, limit, after } = command;
    return toPage(owner, await items.listNewestFirst(owner, { limit, after }));
  };

  /** A refusal is a result; a failure is for another attempt. */
  const completionOf = async (command: ReadCommand): Promise<Completion> => {
    try {
      return { status: 'success', result: await read(command) };
    } catch (error) {
      const problem = toProblem(error);
      if (problem.status >= 500) throw error;
      return { status: 'error', error: problemDocument(problem, command.requestId) };
    }
  };

  return async (command: ReadCommand, trace: Trace): Promise<string> => {
    const completion = await completionOf(command);
    const completed = await requests.complete(requestOf(command), completion);
    return conclude(announcer, { command, trace, completed, outcome: completion.status });
  };
};
