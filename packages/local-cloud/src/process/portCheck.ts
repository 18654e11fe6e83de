import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export const host = '127.0.0.1';

const isTaken = async (port: number) => {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
    return false;
  } catch {
    return true;
  } finally {
    server.close();
  }
};

const lettingGo = 1000; // milliseconds in which what was just killed lets its ports go

const isStillTaken = async (port: number) => {
  const until = Date.now() + lettingGo;
  while (await isTaken(port)) {
    if (Date.now() > until) return true;
    await delay(50);
  }
  return false;
};

/** Those of the ports that something else listens on, and goes on to for a second. */
export const takenPorts = async <P extends { port: number }>(ports: readonly P[]): Promise<P[]> => {
  const taken = await Promise.all(ports.map(({ port }) => isStillTaken(port)));
  return ports.filter((_, index) => taken[index]);
};

/** What to tell about taken ports: each by name, and how to see who holds it. */
export const describeTaken = (taken: readonly { port: number; purpose: string }[]) =>
  taken
    .map(
      ({ port, purpose }) =>
        `Port ${port}, which is for ${purpose}, is taken. Who holds it: lsof -i :${port}   or: ss -ltnp 'sport = :${port}'`,
    )
    .join('\n');

/** Whether something answers there now. */
export const isListening = (port: number, hostname: string = host) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, hostname);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });

/** Waits until something listens there; false when `milliseconds` pass or `given` is aborted first. */
export const waitUntilListening = async (
  port: number,
  milliseconds: number,
  given: AbortSignal,
  hostname: string = host,
): Promise<boolean> => {
  const until = Date.now() + milliseconds;
  while (Date.now() < until && !given.aborted) {
    if (await isListening(port, hostname)) return true;
    await delay(5);
  }
  return false;
};
