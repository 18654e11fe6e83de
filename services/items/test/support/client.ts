import { callGateway, type HttpAnswer } from '@app/test-support';
import { settled } from '@app/test-support/time';

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
      const isComplete = ({ body: { status } }: HttpAnswer) => status === 'success' || status === 'error';
      const answer = await settled(() => request(requestId), isComplete, { within: seconds * 1000 });
      if (isComplete(answer)) return answer.body;
      throw new Error(`Request ${String(requestId)} is still ${String(answer.body.status)}`);
    },
  };
};
