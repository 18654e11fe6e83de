import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { backstage as backstageOf } from '../support/backstage.ts';
import { itemsClient, openSocket } from '../support/client.ts';
import { type ItemsCloud, startItemsCloud } from '../support/ownCloud.ts';

let cloud: ItemsCloud;
let items: ReturnType<typeof itemsClient>;
let backstage: ReturnType<typeof backstageOf>;

beforeAll(async () => {
  cloud = await startItemsCloud();
  items = itemsClient(cloud.gateway);
  backstage = backstageOf(cloud.endpoints);
  await items.create({ name: 'warm' }, items.waiting); // every function has been started once
}, 60_000);

afterAll(() => cloud.stop());

afterEach(() => {
  cloud.faults.dynamodb.clear();
  cloud.faults.sqs.clear();
});

const sdkAttempts = 2; // of a worker: a fault that is to fail a receive must outlast them

const anItem = async () => {
  const { body } = await items.create({ name: 'Bolt', quantity: 0 }, items.waiting);
  return String(body.itemId);
};

const stateOf = async (itemId: string) => (await items.get(itemId)).body;

/** Receives of a request’s command, by what the worker says of them. */
const outcomesOf = (requestId: unknown, worker = 'writer') =>
  cloud.linesOf(requestId).flatMap((line) => (line.worker === worker ? [line.outcome] : []));

describe('the writer dies', () => {
  it.each([
    ['before it has done anything', 'dynamodb', { kind: 'reset', operations: ['GetItem'], resource: 'items-dev' }],
    ['when its transaction is refused', 'dynamodb', { kind: 'error', operations: ['TransactWriteItems'] }],
    [
      'when its transaction is done, and it has not heard',
      'dynamodb',
      { kind: 'lose', operations: ['TransactWriteItems'] },
    ],
    [
      'between the transaction and the announcement',
      'sqs',
      { kind: 'reset', operations: ['SendMessage'], resource: 'items-notifications-dev' },
    ],
    [
      'after both, before it acknowledges',
      'sqs',
      { kind: 'lose', operations: ['SendMessage'], resource: 'items-notifications-dev' },
    ],
  ] as const)('%s: the command is carried out once, and told of', async (_when, engine, fault) => {
    const itemId = await anItem();
    const listener = await openSocket(cloud.gateway);
    const { hits } = cloud.faults[engine].add({ ...fault, times: sdkAttempts });

    const { body, status } = await items.update(itemId, { quantity: 1 });
    listener.say({ action: 'subscribe', requestId: body.requestId });

    expect(status).toBe(202);
    expect(await listener.notified(body.requestId)).toMatchObject({
      status: 'success',
      result: { quantity: 1, version: 2 },
    });
    expect(await stateOf(itemId)).toMatchObject({ quantity: 1, version: 2 });
    expect(hits()).toBe(sdkAttempts);
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

    await backstage.again({ ...asked, requestId: String(second), operation: 'update', changes: { quantity: 2 } });
    await backstage.again({ ...asked, requestId: String(first), operation: 'update', changes: { quantity: 1 } });
    await backstage.again({ ...asked, requestId: String(third), operation: 'delete' });

    const results = await Promise.all([first, second, third].map((id) => items.completed(id)));
    for (let attempt = 0; attempt < 200 && outcomesOf(third).length < 2; attempt++) await delay(25);
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
    const { hits } = cloud.faults.dynamodb.add({
      kind: 'error',
      operations: ['Query'],
      resource: 'items-connections-dev',
      times: 2 * sdkAttempts,
    });

    const { requestId } = (await items.update(itemId, { quantity: 1 })).body;
    listener.say({ action: 'subscribe', requestId });

    expect(await listener.notified(requestId, 8000)).toMatchObject({ status: 'success' });
    expect(hits()).toBe(2 * sdkAttempts);
    listener.close();
  }, 15_000);
});

describe('the socket is gone', () => {
  it('and is forgotten; the others are told', async () => {
    const itemId = await anItem();
    const key = { 'idempotency-key': crypto.randomUUID() };
    cloud.faults.dynamodb.add({ kind: 'delay', operations: ['TransactWriteItems'], milliseconds: 300, times: 1 });
    const requestId = String((await items.update(itemId, { quantity: 1 }, key)).body.requestId);
    const [listener, leaving] = await Promise.all(
      [0, 1].map(() => openSocket(cloud.gateway, `?requestId=${requestId}`)),
    );
    await backstage.subscribeTheGone(requestId);
    leaving?.close();

    await listener?.notified(requestId);

    for (let attempt = 0; attempt < 100 && (await backstage.subscribers(requestId)).length > 1; attempt++)
      await delay(25);
    expect(await backstage.subscribers(requestId)).toHaveLength(1);
    listener?.close();
  });
});

describe('DynamoDB is throttled for a while', () => {
  it('and what was answered 202 is carried out all the same, once', async () => {
    const itemId = await anItem();
    const fault = cloud.faults.dynamodb.add({ kind: 'throttle', resource: 'items-dev' });
    const answers = [];
    for (let quantity = 1; quantity <= 5; quantity++) answers.push(await items.update(itemId, { quantity }));
    await delay(1500);

    fault.remove();

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    const results = await Promise.all(answers.map(({ body }) => items.completed(body.requestId)));
    expect(results.map(({ result }) => result)).toMatchObject(
      answers.map((_, index) => ({ quantity: index + 1, version: index + 2 })),
    );
  }, 20_000);

  it('and what cannot be written is not accepted', async () => {
    const itemId = await anItem();
    cloud.faults.dynamodb.add({ kind: 'throttle', operations: ['PutItem'], resource: 'items-requests-dev' });

    const { status, headers } = await items.update(itemId, { quantity: 1 });

    cloud.faults.dynamodb.clear();
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(await stateOf(itemId)).toMatchObject({ version: 1 });
  }, 15_000);
});

describe('the queues cannot be reached for a while', () => {
  it('a 503 says so, and the retry under the same key is queued once', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    await cloud.faults.sqs.refuse();
    const refused = [await items.create({ name: 'Bolt' }, key), await items.create({ name: 'Bolt' }, key)];
    const unread = await items.list('', {});
    await cloud.faults.sqs.accept();

    const accepted = await items.create({ name: 'Bolt' }, { ...key, ...items.waiting });
    const again = await items.create({ name: 'Bolt' }, { ...key, ...items.waiting });

    expect([...refused, unread].map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(accepted.status).toBe(201);
    expect(accepted.headers.get('idempotency-replayed')).toBe('true');
    expect([again.status, again.body]).toEqual([201, accepted.body]);
    expect(outcomesOf(accepted.headers.get('x-request-id'))).toEqual(['success']);
  }, 20_000);

  it('a message that was stored though the answer was lost is carried out once', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    cloud.faults.sqs.add({ kind: 'lose', operations: ['SendMessage'], resource: 'items-writes-dev.fifo', times: 2 });
    const lost = await items.create({ name: 'Bolt' }, key);

    const answer = await items.create({ name: 'Bolt' }, { ...key, ...items.waiting });

    expect(lost.status).toBe(503);
    expect([answer.status, answer.body.version]).toEqual([201, 1]);
    expect(outcomesOf(answer.headers.get('x-request-id'))).toEqual(['success']);
  }, 15_000);
});

describe('one request', () => {
  it('is followed by its id and its trace through every log line', async () => {
    const traceId = crypto.randomUUID().replaceAll('-', '');
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };

    const { requestId } = (await items.create({ name: 'Bolt' }, headers)).body;

    const told = () => outcomesOf(requestId, 'notifier').length > 0;
    for (let attempt = 0; attempt < 200 && !told(); attempt++) await delay(25);
    const lines = cloud.linesOf(requestId);
    expect(lines.map(({ operation, worker }) => [worker, operation])).toEqual([
      [undefined, 'createItem'],
      ['writer', 'create'],
      ['notifier', 'announce'],
    ]);
    expect(lines.map((line) => line.traceId)).toEqual([traceId, traceId, traceId]);
    expect(lines.map((line) => line.requestId)).toEqual([requestId, requestId, requestId]);
  });
});
