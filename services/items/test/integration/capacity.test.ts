import { documentClient } from '@app/dynamodb';
import { takeCapacity } from '@app/observability';
import { describe, expect, it } from '@jest/globals';
import { createItemRepository } from '../../src/items/itemRepository.ts';
import { createNotifier } from '../../src/notifications/createNotifier.ts';
import { type Command, publicOperation } from '../../src/queues/command.ts';
import { requestOf } from '../../src/requests/requestIdentity.ts';
import { createRequestRepository } from '../../src/requests/requestRepository.ts';
import { shards } from '../../src/requests/requestRow.ts';
import { createSubscriptionRepository } from '../../src/subscriptions/subscriptionRepository.ts';
import { createReader } from '../../src/workers/createReader.ts';
import { createWriter } from '../../src/workers/createWriter.ts';

/** The workers, over the tables of the local cloud; nobody is told, and no queue is asked. */
const items = createItemRepository(documentClient, 'items-dev');
const requests = createRequestRepository(documentClient, 'items-requests-dev');
const subscriptions = createSubscriptionRepository(documentClient, 'items-connections-dev');
const announcer = { announce: () => Promise.resolve(), answer: () => Promise.resolve() };
const write = createWriter({ items, requests, announcer });
const read = createReader({ items, requests, announcer });
const notify = createNotifier({ requests, subscriptions, sockets: { post: () => Promise.resolve(true) }, announcer });

/** What the two engines count differently: transactions, and queries that find nothing (docs/decisions/0007). */
const units =
  process.env['INTEGRATION_ENGINE'] === 'dynamodb-local'
    ? { carriedOut: 16, nobodyFound: 0, sweep: 0 }
    : { carriedOut: 6, nobodyFound: 1, sweep: 16 * 0.5 };

const consumed = async (work: () => Promise<unknown>) => {
  takeCapacity();
  await work();
  return takeCapacity();
};

const aRequest = async (owner: string, asked: object = { operation: 'list', limit: 25 }) => {
  const requestId = crypto.randomUUID();
  const command = { requestId, owner, ...asked } as Command;
  await requests.accept(requestOf(command));
  return { command, trace: { requestId, traceparent: '' } };
};

const input = { name: 'Bolt', quantity: 3 };

/** Carries a command out, and says what that consumed. */
const costOf = async (owner: string, asked: object) => {
  const { command, trace } = await aRequest(owner, asked);
  const run = publicOperation[command.operation] === 'read' ? read : write;
  return consumed(() => run(command as never, trace));
};

describe('what a request consumes', () => {
  it('is a row and an index row to be accepted', async () => {
    expect(await consumed(() => aRequest('capacity'))).toEqual({ read: 0, write: 2 });
  });

  it('is a consistent read, and a transaction of two rows with their index rows, to be carried out', async () => {
    const owner = crypto.randomUUID();
    const itemId = crypto.randomUUID();

    const costs = [
      await costOf(owner, { operation: 'create', itemId, input }),
      await costOf(owner, { operation: 'update', itemId, changes: { quantity: 4 } }),
      await costOf(owner, { operation: 'delete', itemId }),
    ];

    expect(costs).toEqual(costs.map(() => ({ read: 1, write: units.carriedOut })));
  });

  it('is a consistent read and a row with its index row when it is refused', async () => {
    const missing = { operation: 'delete', itemId: crypto.randomUUID() };

    expect(await costOf('capacity', missing)).toEqual({ read: 1, write: 2 });
  });

  it('is what is read, and a row with its index row, to be answered', async () => {
    const owner = crypto.randomUUID();
    const itemId = crypto.randomUUID();
    await costOf(owner, { operation: 'create', itemId, input });

    expect(await costOf(owner, { operation: 'get', itemId })).toEqual({ read: 1, write: 2 });
    expect(await costOf(owner, { operation: 'list', limit: 25 })).toEqual({ read: 0.5, write: 2 });
  });

  it('is one more unit for each KB of a page, and no more than 66, to be answered with the largest', async () => {
    const owner = crypto.randomUUID();
    const description = 'a'.repeat(5000);
    for (let count = 0; count < 14; count++)
      await costOf(owner, { operation: 'create', itemId: crypto.randomUUID(), input: { ...input, description } });

    const { read: readUnits, write: writeUnits } = await costOf(owner, { operation: 'list', limit: 25 });

    expect(readUnits).toBeLessThan(12);
    expect(writeUnits).toBeGreaterThan(55);
    expect(writeUnits).toBeLessThanOrEqual(66);
  });

  it('is two consistent reads to be told of', async () => {
    const { command, trace } = await aRequest('capacity');
    const { requestId } = command;
    await requests.complete(requestOf(command), { status: 'success', result: { itemId: requestId } });

    expect(await consumed(() => notify({ operation: 'announce', requestId }, trace))).toEqual({
      read: 1 + units.nobodyFound,
      write: 0,
    });
  });

  it('is two rows to subscribe to', async () => {
    const subscription = { requestId: crypto.randomUUID(), connectionId: 'c', ownerId: 'capacity' };
    const connectedAt = new Date().toISOString();

    expect(await consumed(() => subscriptions.add({ ...subscription, connectedAt }))).toEqual({ read: 0, write: 2 });
  });
});

describe('the sweep', () => {
  it('asks sixteen partitions, however many requests there are', async () => {
    const longAgo = '2020-01-01T00:00:00.000Z';

    const ask = () => Promise.all(shards.map((shard) => requests.listOpenSince(shard, longAgo, { limit: 25 })));
    expect(await consumed(ask)).toEqual({ read: units.sweep, write: 0 });
  });
});
