import type { HttpAnswer } from '@app/test-support';
import { eventually, letPass, settled } from '@app/test-support/time';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { itemsClient } from '../../support/client.ts';
import { runScenarios } from '../../support/deadLetterScenarios.ts';
import { directAccessTo } from '../../support/directAccess.ts';
import { type ItemsCloud, startItemsCloud } from '../../support/ownCloud.ts';
import { openSocket } from '../../support/socket.ts';

let cloud: ItemsCloud;
let items: ReturnType<typeof itemsClient>;
let direct: ReturnType<typeof directAccessTo>;
let running: ReturnType<typeof runScenarios>; // they take their time: it passes while the other faults are tried

beforeAll(async () => {
  running = runScenarios();
  running.catch(() => {}); // whoever looks at them is told
  cloud = await startItemsCloud();
  items = itemsClient(cloud.gateway);
  direct = directAccessTo(cloud.endpoints);
  const { body } = await items.create({ name: 'warm' }, items.waiting); // every function is started once
  const listener = await openSocket(cloud.gateway);
  const { requestId } = (await items.update(body.itemId, { quantity: 1 })).body;
  listener.say({ action: 'subscribe', requestId });
  await listener.notified(requestId);
  listener.close();
});

afterAll(() => cloud.stop());

afterEach(() => cloud.faults.clear());

const sdkAttempts = 2; // of a worker: a fault that is to fail a receive must outlast them

const anItem = async () => {
  const { body } = await items.create({ name: 'Bolt', quantity: 0 }, items.waiting);
  return String(body.itemId);
};

const stateOf = async (itemId: string) => (await items.get(itemId)).body;

/** Holds the next command up, so that there is time to subscribe before it is carried out. */
const holdUp = () =>
  cloud.faults.add({ effect: 'delay', operation: 'GetItem', resource: 'items-dev', milliseconds: 700, count: 1 });

const until = (holds: () => boolean) => eventually(holds);

/** Receives of a request’s command, by what the worker says of them. */
const outcomesOf = (requestId: unknown, worker = 'writer') =>
  cloud.linesOf(requestId).flatMap((line) => (line.worker === worker ? [line.outcome] : []));

const ofAnnouncement = { operation: 'SendMessage', resource: 'items-notifications-dev' };

describe('the writer dies', () => {
  it.each([
    ['before it has done anything', { effect: 'cut', operation: 'GetItem', resource: 'items-dev' }, 'success'],
    ['when its transaction is refused', { effect: 'fail', operation: 'TransactWriteItems' }, 'success'],
    ['when its transaction is done, unheard', { effect: 'lose', operation: 'TransactWriteItems' }, 'repeated'],
    ['between the transaction and the announcement', { effect: 'cut', ...ofAnnouncement }, 'repeated'],
    ['after both, before it acknowledges', { effect: 'lose', ...ofAnnouncement }, 'repeated'],
  ] as const)('%s: the command is carried out once, and told of', async (when, fault, outcome) => {
    const itemId = await anItem();
    const listener = await openSocket(cloud.gateway);
    if (!when.startsWith('before')) await holdUp();
    const { hits } = await cloud.faults.add({ ...fault, count: sdkAttempts });

    const { body, status } = await items.update(itemId, { quantity: 1 });
    listener.say({ action: 'subscribe', requestId: body.requestId });

    const carriedOut = { quantity: 1, version: 2 };
    expect(status).toBe(202);
    expect(await listener.notified(body.requestId)).toMatchObject({ status: 'success', result: carriedOut });
    await until(() => outcomesOf(body.requestId).length === 2);
    expect(outcomesOf(body.requestId)).toEqual(['failed', outcome]);
    expect(await stateOf(itemId)).toMatchObject(carriedOut);
    expect(await hits()).toBe(sdkAttempts);
    listener.close();
  });
});

describe('every message is delivered twice', () => {
  it('and changes nothing twice, in whatever order', async () => {
    const itemId = await anItem();
    const first = (await items.update(itemId, { quantity: 1 })).body.requestId;
    const second = (await items.update(itemId, { quantity: 2 })).body.requestId;
    const third = (await items.remove(itemId)).body.requestId;
    const asked = { owner: 'public', itemId };

    await direct.again({ ...asked, requestId: String(second), operation: 'update', changes: { quantity: 2 } });
    await direct.again({ ...asked, requestId: String(first), operation: 'update', changes: { quantity: 1 } });
    await direct.again({ ...asked, requestId: String(third), operation: 'delete' });

    const results = await Promise.all([first, second, third].map((id) => items.completed(id)));
    await until(() => outcomesOf(third).length === 2);
    expect(results).toMatchObject([
      { status: 'success', result: { version: 2 } },
      { status: 'success', result: { version: 3 } },
      { status: 'success', result: { itemId } },
    ]);
    expect([first, second, third].map((id) => outcomesOf(id))).toEqual([1, 2, 3].map(() => ['success', 'repeated']));
    expect((await items.get(itemId)).status).toBe(404);
  });
});

describe('the notifier fails twice', () => {
  it('and tells in the end', async () => {
    const itemId = await anItem();
    const listener = await openSocket(cloud.gateway);
    const { hits } = await cloud.faults.add({
      effect: 'fail',
      operation: 'Query',
      resource: 'items-connections-dev',
      count: 2 * sdkAttempts,
    });

    await holdUp();
    const { requestId } = (await items.update(itemId, { quantity: 1 })).body;
    listener.say({ action: 'subscribe', requestId });

    expect(await listener.notified(requestId)).toMatchObject({ status: 'success' });
    expect(await hits()).toBe(2 * sdkAttempts);
    listener.close();
  });
});

describe('the socket is gone', () => {
  it('and is forgotten; the others are told', async () => {
    const itemId = await anItem();
    const key = { 'idempotency-key': crypto.randomUUID() };
    const fault = await cloud.faults.add({ effect: 'fail', operation: 'GetItem', resource: 'items-dev' });
    const requestId = String((await items.update(itemId, { quantity: 1 }, key)).body.requestId);
    const [listener, leaving] = await Promise.all(
      [0, 1].map(() => openSocket(cloud.gateway, `?requestId=${requestId}`)),
    );
    await direct.subscribeTheGone(requestId);
    leaving?.close();
    await fault.remove(); // all have subscribed: now the command may be carried out

    await listener?.notified(requestId);

    const subscribers = () => direct.subscribers(requestId);
    expect(await settled(subscribers, ({ length }) => length === 1)).toHaveLength(1);
    listener?.close();
  });
});

describe('DynamoDB is throttled for a while', () => {
  it('and what was answered 202 is carried out all the same, once', async () => {
    const itemId = await anItem();
    const fault = await cloud.faults.add({ effect: 'throttle', service: 'dynamodb', resource: 'items-dev' });
    const answers: HttpAnswer[] = [];
    for (let quantity = 1; quantity <= 5; quantity++) answers.push(await items.update(itemId, { quantity }));
    await letPass(1500, 'the throttling lasts');

    await fault.remove();

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    const results = await Promise.all(answers.map(({ body }) => items.completed(body.requestId)));
    expect(results.map(({ result }) => result)).toMatchObject(
      answers.map((_, index) => ({ quantity: index + 1, version: index + 2 })),
    );
  });

  it('and what cannot be written is not accepted', async () => {
    const itemId = await anItem();
    await cloud.faults.add({ effect: 'throttle', operation: 'PutItem', resource: 'items-requests-dev' });

    const { status, headers } = await items.update(itemId, { quantity: 1 });

    await cloud.faults.clear();
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(await stateOf(itemId)).toMatchObject({ version: 1 });
  });
});

describe('the queues cannot be reached for a while', () => {
  it('a 503 says so, and the retry under the same key is queued once', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const cut = await cloud.faults.add({ effect: 'cut', service: 'sqs' });
    const refused = [await items.create({ name: 'Bolt' }, key), await items.create({ name: 'Bolt' }, key)];
    const unread = await items.list('', {});
    await cut.remove();

    const accepted = await items.create({ name: 'Bolt' }, { ...key, ...items.waiting });
    const again = await items.create({ name: 'Bolt' }, { ...key, ...items.waiting });

    expect([...refused, unread].map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(accepted.status).toBe(201);
    expect(accepted.headers.get('idempotency-replayed')).toBe('true');
    expect([again.status, again.body]).toEqual([201, accepted.body]);
    const command = await cloud.commandOf(accepted);
    await until(() => outcomesOf(command).length > 0);
    expect(outcomesOf(command)).toEqual(['success']);
  });

  it('a message that was stored though the answer was lost is carried out once', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    await cloud.faults.add({ effect: 'lose', operation: 'SendMessage', resource: 'items-writes-dev.fifo', count: 2 });
    const lost = await items.create({ name: 'Bolt' }, key);

    const answer = await items.create({ name: 'Bolt' }, { ...key, ...items.waiting });

    expect(lost.status).toBe(503);
    expect([answer.status, answer.body.version]).toEqual([201, 1]);
    const command = await cloud.commandOf(answer);
    await until(() => outcomesOf(command).length > 0);
    expect(outcomesOf(command)).toEqual(['success']);
  });
});

describe('one request', () => {
  it('is followed by its id and its trace through every log line', async () => {
    const traceId = crypto.randomUUID().replaceAll('-', '');
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };

    const answer = await items.create({ name: 'Bolt' }, headers);
    const { requestId } = answer.body;

    await until(() => outcomesOf(requestId, 'notifier').length > 0);
    const lines = cloud.linesOf(requestId);
    expect(lines.map(({ operation, worker }) => [worker, operation])).toEqual([
      [undefined, 'createItem'],
      ['writer', 'create'],
      ['notifier', 'announce'],
    ]);
    expect(lines.map((line) => line.traceId)).toEqual([traceId, traceId, traceId]);
    const exchange = answer.headers.get('x-request-id');
    expect(lines.map((line) => line.requestId)).toEqual([exchange, requestId, requestId]);
    expect(lines[0]?.commandRequestId).toBe(requestId);
  });
});

describe('a dead letter', () => {
  let outcomes: Awaited<ReturnType<typeof runScenarios>>;
  beforeAll(async () => {
    outcomes = await running;
  });

  const deadAfterFive = [
    [1, 'failed'],
    [2, 'failed'],
    [3, 'failed'],
    [4, 'failed'],
    [5, 'dead-lettered'],
  ];

  const deadLettered = { status: 'error', error: { type: '/problems/dead-lettered', status: 500 } };

  describe('a poison command with three good ones for the same item behind it', () => {
    it('is tried five times, and put aside', () => {
      expect(outcomes.receivesOf(outcomes.poison.poison)).toEqual(deadAfterFive);
      expect(outcomes.poison.letter.Body).toContain(outcomes.poison.poison);
    });

    it('ends as an error, and its client is told', () => {
      const { poison, told, request } = outcomes.poison;

      expect(request).toMatchObject({ requestId: poison, ...deadLettered });
      expect(told).toMatchObject({ requestId: poison, status: 'error', result: deadLettered.error });
    });

    it('leaves the good ones alone: they succeed in their order, each at its first receive', () => {
      const { good, results } = outcomes.poison;

      expect(results.map(({ result }) => result)).toMatchObject(
        [1, 2, 3].map((n) => ({ quantity: n, version: n + 1 })),
      );
      expect(good.map(outcomes.receivesOf)).toEqual(good.map(() => [[1, 'success']]));
    });

    it('does not hold up another item', () => {
      expect(outcomes.poison.beside).toMatchObject({ status: 200, body: { quantity: 1 } });
    });
  });

  describe('a message that nobody can read', () => {
    it('goes to the dead letters at once, and lets those behind it pass', () => {
      const { behind, milliseconds, letter } = outcomes.garbage;

      expect(letter.Body).toMatch(/^nonsense/);
      expect(behind).toMatchObject({ status: 200, body: { quantity: 1, version: 2 } });
      expect(milliseconds).toBeLessThan(15_000); // one that fails waits for so long in all
    });

    it('affects none of the reads in its batch', () => {
      const { reads, letter } = outcomes.reads;

      expect(letter.Body).toMatch(/^nonsense/);
      expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 200));
    });
  });

  describe('a message that is not the command of the request it names', () => {
    it('is a dead letter, on whichever queue, and changes nothing', () => {
      const { letters, before } = outcomes.forgery;

      expect(letters).toHaveLength(2);
      expect(before).toMatchObject({ request: { status: 'accepted' }, item: { quantity: 0, version: 1 } });
    });

    it('does not keep the command from being carried out', () => {
      expect(outcomes.forgery.completed).toMatchObject({ status: 'success', result: { quantity: 1, version: 2 } });
    });
  });

  describe('the last receive', () => {
    it('ends the request, tells the client, and leaves the message to the dead letters', () => {
      const { requestId, given, before } = outcomes.redrive;

      expect(before).toMatchObject(deadLettered);
      expect(given).toMatchObject({ requestId, status: 'error', result: deadLettered.error });
      expect(outcomes.receivesOf(requestId).slice(0, 5)).toEqual(deadAfterFive);
    });

    it('is not the end of the command: a redrive carries it out, and the client hears of that', () => {
      const { requestId, redriven, item } = outcomes.redrive;

      expect(redriven).toMatchObject({ requestId, status: 'success', result: { quantity: 7, version: 2 } });
      expect(item).toMatchObject({ quantity: 7, version: 2 });
      expect(outcomes.receivesOf(requestId)).toHaveLength(6);
    });
  });

  describe('a request that no worker could close', () => {
    it('is closed by the sweep after 15 minutes, and its client is told', () => {
      const { young, told, request } = outcomes.sweep;

      expect(young).toMatchObject({ status: 'accepted' });
      expect(request).toMatchObject(deadLettered);
      expect(told).toMatchObject({ status: 'error', result: deadLettered.error });
    });

    it('is queued by a retry under its key, if it never was: once', () => {
      const { refused, swept, retried, again } = outcomes.retry;

      expect(refused.status).toBe(503);
      expect(swept).toMatchObject(deadLettered);
      expect(retried).toMatchObject({ status: 201, body: { version: 1 } });
      expect([again.status, again.body]).toEqual([201, retried.body]);
    });
  });
});
