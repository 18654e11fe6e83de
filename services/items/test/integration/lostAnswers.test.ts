import { documentClient, exists } from '@app/dynamodb';
import { disturbances } from '@app/test-support';
import { lostAnswers } from '@app/test-support/lostAnswers';
import { describe, expect, it } from '@jest/globals';
import { createItemRepository } from '../../src/items/itemRepository.ts';
import type { WriteCommand } from '../../src/queues/command.ts';
import { requestOf } from '../../src/requests/requestIdentity.ts';
import { createRequestRepository } from '../../src/requests/requestRepository.ts';
import { createSubscriptionRepository } from '../../src/subscriptions/subscriptionRepository.ts';
import { createWriter } from '../../src/workers/createWriter.ts';

const { dynamodb } = await lostAnswers(documentClient);
const items = createItemRepository(documentClient, 'items-dev');
const requests = createRequestRepository(documentClient, 'items-requests-dev');
const subscriptions = createSubscriptionRepository(documentClient, 'items-connections-dev');
const announcer = { announce: () => Promise.resolve(), answer: () => Promise.resolve() };
const write = createWriter({ items, requests, announcer });

const owner = crypto.randomUUID();
const problem = { type: '/problems/dead-lettered', title: '', status: 500, detail: '', requestId: '' };

type Rest<C> = C extends WriteCommand ? Omit<C, 'requestId' | 'owner'> : never;

/** Carries a command out; the item as it is then. */
const carryOut = async (command: Rest<WriteCommand>, disturbed = (work: () => Promise<string>) => work()) => {
  const requestId = crypto.randomUUID();
  const whole = { requestId, owner, ...command } as WriteCommand;
  await requests.accept(requestOf(whole));
  const outcome = await disturbed(() => write(whole, { requestId, traceparent: '' }));
  return { outcome, request: await requests.get(requestId), item: await items.find(owner, command.itemId) };
};

const anItem = async () => {
  const itemId = crypto.randomUUID();
  await carryOut({ operation: 'create', itemId, input: { name: 'Bolt' } });
  return itemId;
};

describe.each(disturbances)('a write %s, is reported as what happened, and done once:', (_name, kinds) => {
  const disturbed = <T>(work: () => Promise<T>) => dynamodb.disturb(kinds, work);

  it('a create', async () => {
    const itemId = crypto.randomUUID();

    const end = await carryOut({ operation: 'create', itemId, input: { name: 'Bolt' } }, disturbed);

    expect(end).toMatchObject({ outcome: 'success', request: { status: 'success' }, item: { version: 1 } });
  });

  it('an update', async () => {
    const end = await carryOut({ operation: 'update', itemId: await anItem(), changes: { quantity: 1 } }, disturbed);

    expect(end).toMatchObject({ outcome: 'success', request: { result: { version: 2 } }, item: { version: 2 } });
  });

  it('a delete', async () => {
    const end = await carryOut({ operation: 'delete', itemId: await anItem() }, disturbed);

    expect(end).toMatchObject({ outcome: 'success', request: { status: 'success' }, item: undefined });
  });

  it('the acceptance of a request, which is a replay for the next only', async () => {
    const requestId = crypto.randomUUID();
    const request = requestOf({ requestId, owner, operation: 'delete', itemId: crypto.randomUUID() });

    const first = await disturbed(() => requests.accept(request));
    const next = await requests.accept(request);

    expect([first.replayed, next.replayed]).toEqual([false, true]);
    expect(next.row).toEqual(first.row);
  });

  it('a refusal', async () => {
    const end = await carryOut({ operation: 'delete', itemId: crypto.randomUUID() }, disturbed);

    expect(end).toMatchObject({ outcome: 'not-found', request: { status: 'error', error: { status: 404 } } });
  });

  it('dead-lettering a request, announcing that, reopening it, and its completion', async () => {
    const requestId = crypto.randomUUID();
    const request = requestOf({ requestId, owner, operation: 'delete', itemId: crypto.randomUUID() });
    await requests.accept(request);

    const ended = await disturbed(() =>
      requests.deadLetter(requestId, { error: problem, by: 'time', condition: exists('openedAt') }),
    );
    await disturbed(() => requests.markNotified(requestId));
    const notified = await requests.get(requestId);
    await disturbed(() => requests.reopen(requestId));
    const open = await requests.get(requestId);
    const completed = await disturbed(() => requests.complete(request, { status: 'error', error: problem }));

    expect(ended).toMatchObject({ status: 'error', deadLettered: 'time', openShard: requestId.slice(-1) });
    expect(notified).not.toHaveProperty('openShard');
    expect(open).toMatchObject({ status: 'accepted', openShard: requestId.slice(-1) });
    expect(open).not.toHaveProperty('deadLettered');
    expect(completed).toBe('completed');
  });

  it('a subscription, and its end', async () => {
    const subscription = { requestId: crypto.randomUUID(), connectionId: 'c', ownerId: owner };
    const { requestId } = subscription;

    await disturbed(() => subscriptions.add({ ...subscription, connectedAt: new Date().toISOString() }));
    const { subscribers } = await subscriptions.pageByRequest(requestId);
    await disturbed(() => subscriptions.remove(requestId, 'c'));

    expect(subscribers).toMatchObject([subscription]);
    expect(await subscriptions.pageByRequest(requestId)).toEqual({ subscribers: [] });
  });
});
