import { settled } from '@app/test-support/time';

export type Message = Record<string, unknown>;

/** A WebSocket that keeps what it is sent, and waits for what is to come. */
export const openSocket = async (gateway: string, query = '') => {
  const url = new URL(`/ws${query}`, gateway);
  url.protocol = 'ws';
  const socket = new WebSocket(url);
  const messages: Message[] = [];
  socket.addEventListener('message', ({ data }) => {
    messages.push(JSON.parse(String(data)) as Message);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('The socket could not be opened')));
  });
  const until = async (isMeant: (message: Message) => boolean, milliseconds = 60_000): Promise<Message> => {
    const heard = () => messages.find(isMeant);
    const found = await settled(heard, (message) => message !== undefined, { within: milliseconds, every: 5 });
    if (found) return found;
    throw new Error(`Not heard in time; heard: ${JSON.stringify(messages)}`);
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
