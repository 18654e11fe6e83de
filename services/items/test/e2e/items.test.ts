import { afterEach, describe, expect, it } from '@jest/globals';
import { itemsClient } from '../support/client.ts';
import { openSocket } from '../support/socket.ts';

const gateway = process.env.GATEWAY_URL ?? '';
const items = itemsClient(gateway);

const sockets: { close: () => void }[] = [];
const socket = async (query?: string) => {
  const opened = await openSocket(gateway, query);
  sockets.push(opened);
  return opened;
};

afterEach(() => {
  for (const each of sockets.splice(0)) each.close();
});

describe('items', () => {
  it('are created, changed and deleted by commands whose outcomes can be read', async () => {
    const created = await items.create({ name: 'Bolt', quantity: 3 });
    const { requestId, itemId } = created.body;
    const made = await items.completed(requestId);
    const read = await items.get(itemId);
    const changed = await items.patch(itemId, { quantity: 4 }, items.waiting);
    const listed = await items.list('limit=100');
    const deleted = await items.remove(itemId, items.waiting);

    expect(created.status).toBe(202);
    expect(made).toMatchObject({ status: 'success', result: { itemId, name: 'Bolt', quantity: 3, version: 1 } });
    expect([read.status, read.body['name']]).toEqual([200, 'Bolt']);
    expect([changed.status, changed.body['quantity']]).toEqual([200, 4]);
    expect(JSON.stringify(listed.body['items'])).toContain(String(itemId));
    expect(deleted.status).toBe(204);
    expect((await items.get(itemId)).status).toBe(404);
  });

  it('are heard of over a WebSocket', async () => {
    const listener = await socket();
    const { body } = await items.create({ name: 'Nut' });
    listener.say({ action: 'subscribe', requestId: body['requestId'] });

    expect(await listener.notified(body['requestId'])).toMatchObject({
      status: 'success',
      result: { itemId: body['itemId'], name: 'Nut' },
    });
  });

  it('can be subscribed to when the connection is made', async () => {
    const { body } = await items.create({ name: 'Washer' });
    const listener = await socket(`?requestId=${String(body['requestId'])}`);

    expect(await listener.notified(body['requestId'])).toMatchObject({ status: 'success' });
  });

  it('of which there is no such action are told so', async () => {
    const listener = await socket();
    listener.say({ action: 'fly' });

    expect(await listener.until(({ type }) => type === 'error')).toMatchObject({ type: 'error' });
  });
});
