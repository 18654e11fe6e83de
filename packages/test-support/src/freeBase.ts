import { once } from 'node:events';
import { createServer } from 'node:net';
import { host, isListening } from '@app/local-cloud/src/process/portCheck.ts';

/** The last of a base's ports, which no cloud of ours uses. */
const reserved = 159;
const longestStart = 60_000; // milliseconds; a cloud that was started listens by then

/** Keeps other tests, of other processes too, from the same base until its cloud listens. False where another has it. */
const reserve = async (base: number): Promise<boolean> => {
  const server = createServer((socket) => socket.destroy());
  const isMine = await once(server.listen(base + reserved, host), 'listening').then(
    () => true,
    () => false,
  );
  server.unref();
  if (isMine) setTimeout(() => server.close(), longestStart).unref();
  return isMine;
};

/** A port base for one test, apart from those that the harness picks; checked only where a cloud would notice first. */
export const freeBase = async (): Promise<number> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const base = 22_000 + 160 * Math.floor(Math.random() * 22);
    const isTaken = (await isListening(base, host)) || (await isListening(base + 1, host));
    if (!isTaken && !(await isListening(base + 5000, host)) && (await reserve(base))) return base;
  }
  throw new Error('No free ports.');
};
