import { setTimeout as delay } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const mediaTypes: Readonly<Record<string, string>> = { PATCH: 'application/merge-patch+json' };

/** The API as a client of a URL sees it: HTTP, and a WebSocket. */
export const itemsClient = (gateway: string) => {
  const send = async (path: string, { method = 'GET', headers, body }: Request = {}): Promise<Answer> => {
    const response = await fetch(new URL(path, gateway), {
      method,
      headers: { ...(body !== undefined && { 'content-type': mediaTypes[method] ?? 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  };
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

export type Message = Record<string, unknown>;

/** A WebSocket that keeps what it is sent, and waits for what is to come. */
export const openSocket = async (gateway: string, query = '') => {
  const url = new URL(`/ws${query}`, gateway);
  url.protocol = 'ws';
  const socket = new WebSocket(url);
  const messages: Message[] = [];
  let heard = () => {};
  socket.addEventListener('message', ({ data }) => {
    messages.push(JSON.parse(String(data)) as Message);
    heard();
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('The socket could not be opened')));
  });
  const until = async (isMeant: (message: Message) => boolean, milliseconds = 15_000): Promise<Message> => {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = messages.find(isMeant);
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`Not heard in time; heard: ${JSON.stringify(messages)}`);
      await Promise.race([delay(50), new Promise<void>((resolve) => (heard = resolve))]);
    }
  };
  return {
    messages,
    until,
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    /** The notification of a request, whatever it came to. */
    notified: (requestId: unknown, milliseconds?: number) =>
      until((message) => message.type === 'notification' && message.requestId === requestId, milliseconds),
    close: () => socket.close(),
  };
};
