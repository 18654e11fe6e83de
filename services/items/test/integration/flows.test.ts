import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { itemsClient } from '../support/client.ts';
import { openSocket } from '../support/socket.ts';

const gateway = process.env.GATEWAY_URL ?? '';
const items = itemsClient(gateway);
const { waiting } = items;

const sockets: { close: () => void }[] = [];
const socket = async (query?: string) => {
  const opened = await openSocket(gateway, query);
  sockets.push(opened);
  return opened;
};

afterEach(() => {
  for (const each of sockets.splice(0)) each.close();
});

describe('a command that is not waited for', () => {
  it('is accepted, and then carried out', async () => {
    const answer = await items.create({ name: 'Bolt', quantity: 3 });

    const { requestId, itemId } = answer.body;
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/requests/${String(requestId)}`);
    const request = await items.completed(requestId);
    expect(request).toEqual({
      requestId,
      operation: 'create',
      status: 'success',
      result: expect.objectContaining({ itemId, name: 'Bolt', quantity: 3, version: 1 }),
      etag: expect.stringMatching(/^"1-/),
      createdAt: expect.any(String),
      completedAt: expect.any(String),
    });
  });

  it('ends as an error when it cannot be carried out', async () => {
    const { body } = await items.update(crypto.randomUUID(), { name: 'Nut' });

    expect(await items.completed(body.requestId)).toMatchObject({
      operation: 'update',
      status: 'error',
      error: { type: '/problems/not-found', status: 404, requestId: body.requestId },
    });
  });
});

describe('a request that there is not', () => {
  it('is a 404', async () => {
    expect((await items.request(crypto.randomUUID())).status).toBe(404);
    expect((await items.request('nonsense')).status).toBe(400);
  });
});

describe('a command that is waited for', () => {
  it('is answered as a synchronous API would', async () => {
    const created = await items.create({ name: 'Bolt', description: 'M6', quantity: 3 }, waiting);
    const { itemId } = created.body;
    const etag = created.headers.get('etag') ?? '';
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe(`/items/${String(itemId)}`);
    expect(created.headers.get('preference-applied')).toBe('wait=20');

    const read = await items.get(itemId);
    expect([read.status, read.headers.get('etag'), read.body]).toEqual([200, etag, created.body]);
    expect((await items.get(itemId, { ...waiting, 'if-none-match': etag })).status).toBe(304);

    const matching = { ...waiting, 'if-match': etag };
    expect((await items.update(itemId, { quantity: 4 }, matching)).body).toMatchObject({ quantity: 4, version: 2 });
    expect((await items.update(itemId, { quantity: 5 }, matching)).status).toBe(412);
    expect((await items.remove(itemId, matching)).status).toBe(412);

    const patched = await items.patch(itemId, { description: null }, waiting);
    expect(patched.body).toMatchObject({ quantity: 4, version: 3 });
    expect(patched.body).not.toHaveProperty('description');

    expect((await items.remove(itemId, waiting)).status).toBe(204);
    const missing = await items.get(itemId);
    expect([missing.status, missing.body.type]).toEqual([404, '/problems/not-found']);
    expect((await items.remove(itemId, waiting)).status).toBe(404);
  });

  it('lists items newest first, page by page', async () => {
    const made: unknown[] = [];
    for (const name of ['one', 'two', 'three']) made.push((await items.create({ name }, waiting)).body.itemId);

    const seen: unknown[] = [];
    let path: string | undefined = '/items?limit=2';
    for (let pages = 0; path !== undefined && pages < 40; pages++) {
      const page = await items.send(path, { headers: waiting });
      seen.push(...(page.body.items as { itemId: string }[]).map(({ itemId }) => itemId));
      path = /^<(.*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
    }

    expect(seen.filter((id) => made.includes(id))).toEqual(made.toReversed());
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('commands of one item', () => {
  it('are carried out in the order in which they were accepted', async () => {
    const { itemId } = (await items.create({ name: 'Bolt', quantity: 0 })).body;
    const accepted = [];
    for (let quantity = 1; quantity <= 10; quantity++) accepted.push(await items.update(itemId, { quantity }));

    const results = await Promise.all(accepted.map(({ body }) => items.completed(body.requestId)));

    expect(results.map(({ result }) => result)).toMatchObject(
      Array.from({ length: 10 }, (_, index) => ({ quantity: index + 1, version: index + 2 })),
    );
  });
});

describe('an Idempotency-Key', () => {
  it('makes a retried command the same request, which does once what it asks', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID(), ...waiting };
    const first = await items.create({ name: 'Bolt', quantity: 1 }, headers);
    const { itemId } = first.body;
    const key = { 'idempotency-key': crypto.randomUUID() };

    const replay = await items.create({ quantity: 1, name: 'Bolt' }, headers);
    const updates = [
      await items.update(itemId, { quantity: 2 }, key),
      await items.update(itemId, { quantity: 2 }, key),
    ];
    await items.completed(updates[0]?.body.requestId);

    expect([replay.status, replay.body]).toEqual([201, first.body]);
    expect(replay.headers.get('idempotency-replayed')).toBe('true');
    expect(updates[1]?.body).toEqual(updates[0]?.body);
    expect((await items.get(itemId)).body).toMatchObject({ quantity: 2, version: 2 });
    expect((await items.create({ name: 'Nut' }, headers)).status).toBe(422);
    expect((await items.update(itemId, { quantity: 3 }, key)).status).toBe(422);
    expect((await items.remove(itemId, key)).status).toBe(422);
  });

  it('lets 20 creates at once make one item', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID(), ...waiting };

    const answers = await Promise.all(Array.from({ length: 20 }, () => items.create({ name: 'Bolt' }, headers)));

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => JSON.stringify([body.itemId, body.createdAt]))).size).toBe(1);
  });
});

describe('a WebSocket', () => {
  it('tells who subscribed before the command was carried out, in the words of requirement 004', async () => {
    const listener = await socket();
    const { body } = await items.create({ name: 'Bolt' });
    listener.say({ action: 'subscribe', requestId: body.requestId });

    expect(await listener.notified(body.requestId)).toEqual({
      type: 'notification',
      requestId: body.requestId,
      operation: 'create',
      status: 'success',
      result: (await items.completed(body.requestId)).result,
    });
  });

  it('tells who connects with the request, while it is carried out', async () => {
    const commands = await Promise.all(Array.from({ length: 10 }, () => items.create()));
    const ids = commands.map(({ body }) => body.requestId);

    const listeners = await Promise.all(ids.map((id) => socket(`?requestId=${String(id)}`)));

    const heard = await Promise.all(listeners.map((listener, index) => listener.notified(ids[index])));
    expect(heard.map(({ status }) => status)).toEqual(ids.map(() => 'success'));
  });

  it('tells who connects, or subscribes, when the request has long been complete', async () => {
    const { requestId } = (await items.remove(crypto.randomUUID())).body;
    await items.completed(requestId);

    const [connected, subscribed] = [await socket(`?requestId=${String(requestId)}`), await socket()];
    subscribed.say({ action: 'subscribe', requestId });

    for (const listener of [connected, subscribed])
      expect(await listener.notified(requestId)).toMatchObject({
        operation: 'delete',
        status: 'error',
        result: { type: '/problems/not-found' },
      });
    expect(subscribed.messages).toContainEqual({ type: 'subscribed', requestId });
  });

  it('tells of reads as well, and of what was deleted', async () => {
    const { itemId } = (await items.create({ name: 'Bolt' }, waiting)).body;
    const listener = await socket();
    const read = (await items.get(itemId, {})).body.requestId;
    listener.say({ action: 'subscribe', requestId: read });
    expect(await listener.notified(read)).toMatchObject({ operation: 'read', result: { itemId } });

    const removed = (await items.remove(itemId)).body.requestId;
    listener.say({ action: 'subscribe', requestId: removed });
    expect(await listener.notified(removed)).toMatchObject({ operation: 'delete', result: { itemId } });
  });

  it('points to a result that does not fit in a frame', async () => {
    const description = '🔩'.repeat(5000);
    await Promise.all(['one', 'two'].map((name) => items.create({ name, description }, waiting)));
    const listener = await socket();
    const { requestId } = (await items.list('limit=2', {})).body;
    listener.say({ action: 'subscribe', requestId });

    expect(await listener.notified(requestId)).toEqual({
      type: 'notification',
      requestId,
      operation: 'read',
      status: 'success',
      resultUrl: `/requests/${String(requestId)}`,
    });
    expect((await items.completed(requestId)).result).toMatchObject({ count: 2 });
  });

  it('answers pings, and says what it does not know', async () => {
    const [unknown, another] = [crypto.randomUUID(), crypto.randomUUID()];
    const listener = await socket(`?requestId=${another}`);
    listener.say({ action: 'ping' });
    listener.say({ action: 'shout' });
    listener.say('nonsense');
    listener.say({ action: 'subscribe', requestId: unknown });

    for (const expected of [
      { type: 'pong' },
      { type: 'error', code: 'not-found', detail: `Request ${unknown} does not exist` },
      { type: 'error', code: 'not-found', detail: `Request ${another} does not exist` },
      { type: 'error', code: 'invalid-request', detail: 'The action must be one of subscribe, unsubscribe, ping' },
    ])
      expect(await listener.until((message) => isDeepStrictEqual(message, expected))).toEqual(expected);
  });

  it('tells no more of a request that was unsubscribed from', async () => {
    const [listener, other] = [await socket(), await socket()];
    const { itemId } = (await items.create({ name: 'Bolt' }, waiting)).body;
    const key = { 'idempotency-key': crypto.randomUUID() };
    const { requestId } = (await items.update(itemId, { quantity: 2 }, key)).body;
    await items.completed(requestId);
    listener.say({ action: 'subscribe', requestId });
    await listener.notified(requestId);
    listener.say({ action: 'unsubscribe', requestId });
    await listener.until(({ type }) => type === 'unsubscribed');
    const heard = listener.messages.length;

    other.say({ action: 'subscribe', requestId });
    await other.notified(requestId);

    expect(listener.messages).toHaveLength(heard);
  });
});

describe('200 commands over 20 items at once', () => {
  it('end in success, each, in the order of their item', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => items.create({ name: 'Bolt', quantity: 0 })));
    const ids = made.map(({ body }) => String(body.itemId));
    const lastOf = async (itemId: string) => {
      let last: unknown;
      for (let quantity = 1; quantity <= 9; quantity++)
        last = (await items.update(itemId, { quantity })).body.requestId;
      return items.completed(last, 100);
    };

    const results = await Promise.all(ids.map(lastOf));

    expect(results.map(({ result }) => result)).toMatchObject(
      ids.map((itemId) => ({ itemId, quantity: 9, version: 10 })),
    );
  });
});
