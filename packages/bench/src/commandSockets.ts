import { once } from 'node:events';

interface Notification {
  readonly type: string;
  readonly requestId: string;
  readonly status?: string;
  readonly result?: { readonly version?: number };
}

/** Sockets that keep when each request was heard of, and what was said; requests are spread over them. */
export const openSockets = async (gateway: string, count: number) => {
  const heard = new Map<string, { at: number; notification: Notification; times: number }>();
  const sockets = Array.from({ length: count }, () => new WebSocket(`${gateway.replace('http', 'ws')}/ws`));
  for (const socket of sockets) {
    socket.addEventListener('message', ({ data }) => {
      const notification = JSON.parse(String(data)) as Notification;
      if (notification.type !== 'notification') return;
      const known = heard.get(notification.requestId);
      heard.set(notification.requestId, {
        at: known?.at ?? performance.now(),
        notification,
        times: (known?.times ?? 0) + 1,
      });
    });
  }
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  const subscribe = (requestId: string, index: number) =>
    sockets[index % count]?.send(JSON.stringify({ action: 'subscribe', requestId }));
  return { heard, subscribe, close: () => sockets.forEach((socket) => socket.close()) };
};

export type Sockets = Awaited<ReturnType<typeof openSockets>>;
