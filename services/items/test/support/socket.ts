import { setTimeout as delay } from 'node:timers/promises';

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
