import { entityTagOf } from '@app/http';
import { UnavailableError } from '@app/resource';
import { httpApiEvent, lambdaContext, parsed, type TestRequest } from '@app/test-support';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { handler as createItem } from '../../src/handlers/createItem.ts';
import { handler as deleteItem } from '../../src/handlers/deleteItem.ts';
import { handler as getItem } from '../../src/handlers/getItem.ts';
import { handler as listItems } from '../../src/handlers/listItems.ts';
import { handler as updateItem } from '../../src/handlers/updateItem.ts';
import { toRequest } from '../../src/requests/requestView.ts';
import { conditionFailed, dynamodb, resetAws, sent, sqs } from '../support/aws.ts';
import { anItem, aRequestRow, itemId, itemTag, itemVersion } from '../support/rows.ts';

const call = async (handler: typeof createItem, request: TestRequest) =>
  parsed(await handler(httpApiEvent(request), lambdaContext()));

const body = { name: 'Bolt', quantity: 3 };
const ofItem = { path: `/items/${itemId}`, params: { itemId } };
const create = (request: TestRequest = {}) => call(createItem, { method: 'POST', path: '/items', body, ...request });
const update = (request: TestRequest = {}) =>
  call(updateItem, { method: 'PUT', ...ofItem, body: { quantity: 4 }, ...request });
const remove = (request: TestRequest = {}) => call(deleteItem, { method: 'DELETE', ...ofItem, ...request });
const get = (request: TestRequest = {}) => call(getItem, { ...ofItem, ...request });
const list = (request: TestRequest = {}) => call(listItems, { path: '/items', ...request });

const written = () => dynamodb.commandCalls(PutCommand).map(({ args: [{ input }] }) => input.Item ?? {});
const calls = () => [...dynamodb.calls(), ...sqs.calls()].map(({ args: [command] }) => command.constructor.name);

beforeEach(resetAws);

describe.each([
  ['POST /items', create, 'create', 'items-writes-dev.fifo'],
  ['PUT /items/{itemId}', update, 'update', 'items-writes-dev.fifo'],
  ['DELETE /items/{itemId}', remove, 'delete', 'items-writes-dev.fifo'],
  ['GET /items/{itemId}', get, 'read', 'items-reads-dev'],
  ['GET /items', list, 'read', 'items-reads-dev'],
])('%s', (_name, send, operation, queue) => {
  it('responds 202 with the request, and where it can be followed', async () => {
    const response = await send();

    const [{ requestId, itemId: ofRequest }] = written() as [Record<string, string>];
    expect(response).toMatchObject({
      status: 202,
      headers: { Location: `/requests/${requestId}`, 'Cache-Control': 'no-store' },
    });
    expect(response.headers['x-request-id']).not.toBe(requestId);
    expect(response.body).toEqual({ requestId, ...(ofRequest && { itemId: ofRequest }), status: 'accepted' });
    expect(response.headers).not.toHaveProperty('Preference-Applied');
  });

  it('writes the request first, and then puts it onto its queue with its trace', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    const response = await send({ subject: 'alice', headers: { traceparent } });

    expect(calls()).toEqual(['PutCommand', 'SendMessageCommand']);
    expect(written()).toMatchObject([
      { ownerId: 'alice', operation, status: 'accepted', openShard: expect.stringMatching(/^[\da-f]$/) },
    ]);
    expect(sent()).toMatchObject([
      {
        queue,
        body: { owner: 'alice', requestId: response.body?.requestId },
        requestId: response.body?.requestId,
        traceparent: expect.stringMatching(/^00-0af7651916cd43dd8448eb211c80319c-/),
      },
    ]);
  });

  it('responds 503 when the queue is not available', async () => {
    sqs.on(SendMessageCommand).rejects(new UnavailableError('queue'));

    expect(await send()).toMatchObject({
      status: 503,
      headers: { 'Retry-After': '1' },
      body: { type: '/problems/service-unavailable' },
    });
  });

  it.each([
    ['may not be written to', { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }],
    ['is not there', { name: 'QueueDoesNotExist', $metadata: { httpStatusCode: 400 } }],
    ['takes no such message', { name: 'InvalidMessageContents', $metadata: { httpStatusCode: 400 } }],
    ['cannot be asked for a defect of ours', { name: 'TypeError' }],
  ])('responds 500 when the queue %s, and leaves the request open', async (_case, error) => {
    sqs.on(SendMessageCommand).rejects(Object.assign(new Error('queue'), error));

    const response = await send();

    expect(response).toMatchObject({ status: 500, body: { type: '/problems/internal-error' } });
    expect(response.headers).not.toHaveProperty('Retry-After');
    expect(JSON.stringify(response.body)).not.toContain(error.name);
    expect(calls()).toEqual(['PutCommand', 'SendMessageCommand']);
    expect(written()).toMatchObject([{ status: 'accepted' }]);
  });

  it('puts nothing onto the queue when the request cannot be written', async () => {
    dynamodb.on(PutCommand).rejects(new UnavailableError('slow'));

    expect((await send()).status).toBe(503);
    expect(sent()).toEqual([]);
  });
});

describe('a request', () => {
  it('is remembered for a day', async () => {
    await create();

    const [{ createdAt, expiresAt, ttl }] = written() as [{ createdAt: string; expiresAt: string; ttl: number }];
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(24 * 3_600_000);
    expect(ttl).toBe(Math.ceil(Date.parse(expiresAt) / 1000));
  });

  it.each([
    ['an item without a name', () => create({ body: { quantity: 3 } }), 'body', '/name'],
    ['a fraction of an item', () => create({ body: { name: 'Bolt', quantity: 0.5 } }), 'body', '/quantity'],
    ['a field that is not known', () => update({ body: { colour: 'red' } }), 'body', '/colour'],
    ['nothing to change', () => update({ body: {} }), 'body', ''],
    ['an id that is none', () => get({ params: { itemId: 'x' } }), 'path', '/itemId'],
    ['a cursor of another list', () => list({ query: 'cursor=abc' }), 'query', '/cursor'],
    ['a malformed If-Match', () => remove({ headers: { 'if-match': 'abc' } }), 'header', '/If-Match'],
    [
      'an Idempotency-Key that is none',
      () => create({ headers: { 'idempotency-key': 'ü' } }),
      'header',
      '/Idempotency-Key',
    ],
  ])('is refused with a 400, and leaves no trace, that has %s', async (_case, send, place, pointer) => {
    expect((await send()).body).toMatchObject({ status: 400, errors: [{ in: place, pointer }] });
    expect(calls()).toEqual([]);
  });

  it('takes along what the writer is to judge', async () => {
    await update({ headers: { 'if-match': itemTag } });
    await call(updateItem, { method: 'PATCH', ...ofItem, body: { description: null } });
    await list({ query: 'limit=5' });

    expect(sent().map((message) => message.body)).toMatchObject([
      { operation: 'update', itemId, changes: { quantity: 4 }, ifMatch: [itemVersion] },
      { operation: 'update', itemId, changes: { description: null } },
      { operation: 'list', limit: 5 },
    ]);
  });

  it('takes along a state that no item can be in: it is for the writer to refuse', async () => {
    const last = { version: 36 ** 10 - 1, createdAt: new Date(8.64e15).toISOString() };

    const { status } = await update({ headers: { 'if-match': entityTagOf(last) } });

    expect(status).toBe(202);
    expect(sent()[0]?.body).toMatchObject({ ifMatch: [last] });
  });

  it('that writes is ordered by its item, and told from its copies by its id', async () => {
    const [{ body: one }, { body: other }] = [await create(), await update()];

    expect(sent()).toMatchObject([
      { group: one?.itemId, deduplication: one?.requestId },
      { group: itemId, deduplication: other?.requestId },
    ]);
  });
});

describe('a request under an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'k' };

  /** Answers the next put with the row that the last one wrote, as it has become. */
  const remember = (fields: object = {}) => {
    const row = { ...written().at(-1), ...fields };
    dynamodb.on(PutCommand).rejects(conditionFailed(row));
    return row;
  };

  it('has ids that derive from owner and key', async () => {
    const [one, again, other] = [
      await create({ headers }),
      await create({ headers }),
      await create({ headers, subject: 'alice' }),
    ];

    expect(again.body).toEqual(one.body);
    expect(other.body?.requestId).not.toBe(one.body?.requestId);
    expect(other.body?.itemId).not.toBe(one.body?.itemId);
    expect(one.body?.itemId).not.toBe(one.body?.requestId);
  });

  it.each([
    ['create', create],
    ['update', update],
    ['delete', remove],
  ])('that is still open is sent again by a replay of the %s', async (_name, send) => {
    const first = await send({ headers });
    remember();

    const second = await send({ headers });

    expect(second).toMatchObject({ status: 202, headers: { 'Idempotency-Replayed': 'true' }, body: first.body });
    expect(sent()).toHaveLength(2);
    expect(sent()[1]?.deduplication).toBe(sent()[0]?.deduplication);
  });

  it('that could not be queued is queued by the retry', async () => {
    sqs.on(SendMessageCommand).rejectsOnce(Object.assign(new Error('no right'), { name: 'AccessDenied' }));
    const failed = await create({ headers });
    remember();

    expect([failed.status, (await create({ headers })).status]).toEqual([500, 202]);
    expect(sent()).toHaveLength(2);
  });

  it('is no replay for the call that wrote it, though the answer was lost and DynamoDB refused the repetition', async () => {
    dynamodb.on(PutCommand).callsFake(({ Item }: { Item: object }) => Promise.reject(conditionFailed(Item)));

    const response = await create({ headers });

    expect(response.status).toBe(202);
    expect(response.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(sent()).toHaveLength(1);
  });

  it('is told from one that came in the same millisecond, and the token of the call is shown to nobody', async () => {
    dynamodb
      .on(PutCommand)
      .callsFake(({ Item }: { Item: object }) => Promise.reject(conditionFailed({ ...Item, createToken: 'another' })));

    const response = await create({ headers });

    expect(response).toMatchObject({ status: 202, headers: { 'Idempotency-Replayed': 'true' } });
    expect(Object.keys(response.body ?? {}).toSorted()).toEqual(['itemId', 'requestId', 'status']);
    const row = { ...aRequestRow(), createToken: 'secret', writeToken: 'secret' };
    expect(JSON.stringify(toRequest(row))).not.toContain('secret');
  });

  it('responds 422 to another payload in the same millisecond, and sends nothing', async () => {
    dynamodb
      .on(PutCommand)
      .callsFake(({ Item }: { Item: object }) =>
        Promise.reject(conditionFailed({ ...Item, createToken: 'another', digest: 'another' })),
      );

    expect((await create({ headers })).status).toBe(422);
    expect(sent()).toEqual([]);
  });

  it('has an x-request-id for each exchange, the first, its replays and a 422', async () => {
    const first = await create({ headers });
    remember();
    const replays = [await create({ headers }), await create({ headers })];
    const refused = await create({ headers, body: { name: 'Nut' } });

    const ids = [first, ...replays, refused].map((response) => response.headers['x-request-id']);
    expect(replays.map((response) => response.body?.requestId)).toEqual(Array(2).fill(first.body?.requestId));
    expect(refused.body?.requestId).toBe(ids.at(-1));
    expect(new Set([first.body?.requestId, ...ids]).size).toBe(5);
  });

  it('that is complete is not sent again', async () => {
    await create({ headers });
    remember({ status: 'success' });

    expect((await create({ headers })).status).toBe(202);
    expect(sent()).toHaveLength(1);
  });

  it('that the sweep has closed is opened anew, and sent: it may never have been queued', async () => {
    await create({ headers });
    remember({ status: 'error', deadLettered: 'time' });

    expect((await create({ headers })).status).toBe(202);
    expect(calls()).toEqual(['PutCommand', 'PutCommand', 'UpdateCommand', 'SendMessageCommand', 'SendMessageCommand']);
    expect(dynamodb.commandCalls(UpdateCommand)[0]?.args[0].input.ConditionExpression).toBeDefined();
  });

  it('that a worker has given up is not: its message lies with the dead letters', async () => {
    await create({ headers });
    remember({ status: 'error', deadLettered: 'receives' });

    await create({ headers });

    expect(sent()).toHaveLength(1);
  });

  it.each([
    ['another body', () => create({ headers, body: { name: 'Nut' } })],
    ['another operation', () => remove({ headers })],
    ['another condition', () => update({ body, headers: { ...headers, 'if-match': itemTag } })],
  ])('responds 422 to %s', async (_case, send) => {
    await create({ headers });
    remember();

    expect(await send()).toMatchObject({ status: 422, body: { type: '/problems/idempotency-key-reused' } });
    expect(sent()).toHaveLength(1);
  });

  it('tells an update of one item from that of another, and with a condition from one without', async () => {
    await update({ headers });
    remember();
    const another = { path: '/items/x', params: { itemId: crypto.randomUUID() } };

    expect((await update({ headers, ...another })).status).toBe(422);
    expect((await update({ headers: { ...headers, 'if-match': itemTag } })).status).toBe(422);
    expect((await update({ headers })).status).toBe(202);
  });
});

describe('a request that is waited for', () => {
  const waiting = { headers: { prefer: 'wait=1' } };
  const complete = (fields: object) => dynamodb.on(GetCommand).resolves({ Item: aRequestRow(fields) });

  it.each([
    ['POST /items', create, 201, anItem()],
    ['PUT /items/{itemId}', update, 200, anItem()],
    ['GET /items/{itemId}', get, 200, anItem()],
  ])('is answered as finished: %s', async (_name, send, status, result) => {
    complete({ status: 'success', result });

    expect(await send(waiting)).toMatchObject({
      status,
      headers: { ETag: itemTag, 'Preference-Applied': 'wait=1' },
      body: result,
    });
  });

  it('answers a create with where the item is', async () => {
    complete({ status: 'success', result: anItem() });

    const response = await create(waiting);

    expect(response.headers.Location).toBe(`/items/${String(written()[0]?.itemId)}`);
  });

  it('answers a delete without a body', async () => {
    complete({ status: 'success', result: { itemId } });

    expect(await remove(waiting)).toMatchObject({ status: 204, body: undefined });
  });

  it('answers a list with the page, and where the next is', async () => {
    complete({ status: 'success', result: { items: [anItem()], count: 1, nextCursor: 'abc' } });

    expect(await list({ query: 'limit=1', ...waiting })).toMatchObject({
      status: 200,
      headers: { Link: '</items?limit=1&cursor=abc>; rel="next"' },
      body: { count: 1, nextCursor: 'abc' },
    });
  });

  it('is answered 304 when the caller has the item already', async () => {
    complete({ status: 'success', result: anItem() });

    expect((await get({ headers: { ...waiting.headers, 'if-none-match': itemTag } })).status).toBe(304);
  });

  it('is answered with the problem that it ended as, under the id of this exchange', async () => {
    const error = { type: '/problems/precondition-failed', title: 't', status: 412, detail: 'd', requestId: 'r' };
    complete({ status: 'error', error });

    const response = await update(waiting);

    expect(response).toMatchObject({
      status: 412,
      headers: { 'Preference-Applied': 'wait=1', 'Content-Type': 'application/problem+json' },
      body: { ...error, requestId: response.headers['x-request-id'] },
    });
  });

  it('is looked at again until it is complete', async () => {
    dynamodb
      .on(GetCommand)
      .resolvesOnce({ Item: aRequestRow() })
      .resolvesOnce({ Item: aRequestRow() })
      .resolves({ Item: aRequestRow({ status: 'success', result: anItem() }) });

    expect((await update(waiting)).status).toBe(200);
  });

  it('is answered 202 when the time is over', async () => {
    dynamodb.on(GetCommand).resolves({ Item: aRequestRow() });
    const startedAt = performance.now();

    const response = await update(waiting);

    expect(response).toMatchObject({ status: 202, headers: { 'Preference-Applied': 'wait=1' } });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
  });

  it('is not waited for when Prefer says nothing that can be read', async () => {
    const response = await update({ headers: { prefer: 'wait=soon' } });

    expect(response.status).toBe(202);
    expect(response.headers).not.toHaveProperty('Preference-Applied');
    expect(dynamodb.commandCalls(GetCommand)).toHaveLength(0);
  });
});

describe('a place among those who wait', () => {
  const waiting = { headers: { prefer: 'wait=1' } };
  const complete = { Item: aRequestRow({ status: 'success', result: anItem() }) };
  const leases = (...each: string[]) => conditionFailed({ requestId: 'waiting-0', leases: new Set(each) });
  const leaseUntil = (time: number, holder = 'a') => `${Math.ceil(time / 1000).toString(36)}.${holder}`;
  const updates = () =>
    dynamodb.commandCalls(UpdateCommand).map(({ args: [{ input }] }) => ({
      key: input.Key,
      does: input.UpdateExpression,
      leases: [...((input.ExpressionAttributeValues?.[':leases'] ?? []) as Set<string>)],
    }));

  it('is taken by one who waits, and left again', async () => {
    dynamodb.on(GetCommand).resolves(complete);

    expect((await update(waiting)).status).toBe(200);

    const [taken, left] = updates();
    expect(updates()).toMatchObject([
      { key: { requestId: 'waiting-0' }, does: 'ADD leases :leases' },
      { key: { requestId: 'waiting-0' }, does: 'DELETE leases :leases' },
    ]);
    expect(left?.leases).toEqual(taken?.leases);
  });

  it.each([
    ['wait=1', 10],
    ['wait=20', 29],
  ])('runs out by itself within 30 s: %s', async (prefer, seconds) => {
    dynamodb.on(GetCommand).resolves(complete);
    const before = Date.now() / 1000;

    await get({ headers: { prefer } });

    const until = Number.parseInt(updates()[0]?.leases[0] ?? '', 36);
    expect(until).toBeGreaterThanOrEqual(before + seconds);
    expect(until).toBeLessThanOrEqual(Date.now() / 1000 + seconds + 1);
  });

  it.each([
    ['does not wait', {}],
    ['says nothing that can be read', { prefer: 'wait=soon' }],
    ['would wait for no time', { prefer: 'wait=0' }],
  ])('is not taken by one who %s', async (_case, headers) => {
    await update({ headers });

    expect(updates()).toEqual([]);
  });

  it('is not needed for a replay that is complete', async () => {
    const headers = { ...waiting.headers, 'idempotency-key': 'k' };
    await create({ headers: { 'idempotency-key': 'k' } });
    dynamodb.on(PutCommand).rejects(conditionFailed({ ...written().at(-1), createdAt: '2026-01-01T00:00:00.000Z' }));
    dynamodb.on(GetCommand).resolves(complete);

    expect(await create({ headers })).toMatchObject({ status: 201, headers: { 'Preference-Applied': 'wait=1' } });
    expect(updates()).toEqual([]);
  });

  it('is needed for a replay that is still open', async () => {
    await create({ headers: { 'idempotency-key': 'k' } });
    dynamodb.on(PutCommand).rejects(conditionFailed({ ...written().at(-1), createdAt: '2026-01-01T00:00:00.000Z' }));
    dynamodb.on(GetCommand).resolvesOnce({ Item: aRequestRow() }).resolves(complete);

    expect((await create({ headers: { ...waiting.headers, 'idempotency-key': 'k' } })).status).toBe(201);
    expect(updates()).toHaveLength(2);
  });

  it.each<[string, () => unknown]>([
    ['all are taken', () => dynamodb.on(UpdateCommand).rejects(leases(leaseUntil(Date.now() + 5000)))],
    ['the table is throttled', () => dynamodb.on(UpdateCommand).rejects(new Error('throttled'))],
    [
      'others take what has come free',
      () =>
        dynamodb
          .on(UpdateCommand)
          .rejects(leases(leaseUntil(Date.now() - 1)))
          .on(UpdateCommand, { UpdateExpression: 'DELETE leases :leases' })
          .resolves({}),
    ],
  ])('is answered 202 at once without one: %s', async (_case, refuse) => {
    refuse();
    const startedAt = performance.now();

    const response = await update({ headers: { prefer: 'wait=20' } });

    expect(response).toMatchObject({ status: 202, body: { status: 'accepted' } });
    expect(response.headers).not.toHaveProperty('Preference-Applied');
    expect(dynamodb.commandCalls(GetCommand)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(updates().length).toBeLessThanOrEqual(3);
  });

  it('is taken from those who lost theirs, and from nobody else', async () => {
    const [dead, alive] = [leaseUntil(Date.now() - 1000, 'dead'), leaseUntil(Date.now() + 5000, 'alive')];
    dynamodb.on(UpdateCommand).rejectsOnce(leases(alive, dead)).resolves({});
    dynamodb.on(GetCommand).resolves(complete);

    expect((await update(waiting)).status).toBe(200);

    expect(updates().map(({ does }) => does?.split(' ')[0])).toEqual(['ADD', 'DELETE', 'ADD', 'DELETE']);
    expect(updates()[1]?.leases).toEqual([dead]);
  });

  it('is left when looking fails', async () => {
    dynamodb.on(GetCommand).rejects(new Error('broken'));

    expect((await update(waiting)).status).toBe(500);
    expect(updates().at(-1)?.does).toBe('DELETE leases :leases');
  });

  it('that cannot be left is no failure of the request', async () => {
    dynamodb.on(GetCommand).resolves(complete);
    dynamodb.on(UpdateCommand).resolvesOnce({}).rejects(new Error('throttled'));

    expect((await update(waiting)).status).toBe(200);
  });
});
