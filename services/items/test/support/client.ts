import { setTimeout as delay } from 'node:timers/promises';
import { callGateway } from '@app/test-support';

/** The API as a client of a URL sees it. */
export const itemsClient = (gateway: string) => {
  const send = (path: string, request: Parameters<typeof callGateway>[1] = {}) => callGateway(path, request, gateway);
  const waiting = { prefer: 'wait=20' };
  const request = (requestId: unknown) => send(`/requests/${String(requestId)}`);

  return {
    send,
    request,
    create: (body: unknown = { name: 'Bolt' }, headers = {}) => send('/items', { method: 'POST', body, headers }),
    update: (itemId: unknown, body: unknown, headers = {}) =>
      send(`/items/${String(itemId)}`, { method: 'PUT', body, headers }),
    patch: (itemId: unknown, body: unknown, headers = {}) =>
      send(`/items/${String(itemId)}`, { method: 'PATCH', body, headers }),
    remove: (itemId: unknown, headers = {}) => send(`/items/${String(itemId)}`, { method: 'DELETE', headers }),
    get: (itemId: unknown, headers: Record<string, string> = waiting) => send(`/items/${String(itemId)}`, { headers }),
    list: (query = '', headers: Record<string, string> = waiting) => send(`/items?${query}`, { headers }),
    waiting,

    /** The request once it is complete; for as long as `seconds`. */
    async completed(requestId: unknown, seconds = 20) {
      const deadline = Date.now() + seconds * 1000;
      for (;;) {
        const { body } = await request(requestId);
        if (body.status === 'success' || body.status === 'error') return body;
        if (Date.now() > deadline) throw new Error(`Request ${String(requestId)} is still ${String(body.status)}`);
        await delay(25);
      }
    },
  };
};
