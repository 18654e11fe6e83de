import { once } from 'node:events';
import { eventually } from '@app/test-support/time';

export interface Echo {
  readonly routeKey: string;
  readonly body: string;
}

/** A client that keeps what it hears. Rejects when the connection is refused. */
export const openSocket = async (url: string) => {
  const socket = new WebSocket(url);
  const heard: Echo[] = [];
  socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data)) as Echo));
  const failed = once(socket, 'error').then(() => Promise.reject(new Error(`${url} was refused.`)));
  await Promise.race([once(socket, 'open'), failed]);
  failed.catch(() => {});
  return {
    heard,
    send: (text: string) => socket.send(text),
    hears: (count: number) => eventually(() => heard.length >= count),
    close: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
};
