import { Worker } from 'node:worker_threads';

const workerFile = new URL('sourcesWorker.mjs', import.meta.url);
const longest = 5000; // milliseconds; a stack is shown as it is after that

/**
 * Resolves stacks of built functions to the places in their sources, relative to `root`, in a thread of its own that is
 * started with the first.
 */
export const createSourcePlaces = (root: string) => {
  const waiting = new Map<number, (text: string) => void>();
  let worker: Worker | undefined;
  let asked = 0;

  const start = () => {
    const started = new Worker(workerFile, { workerData: { root }, execArgv: [] });
    started.unref();
    started.on('message', ({ id, text }: { id: number; text: string }) => {
      waiting.get(id)?.(text);
      waiting.delete(id);
    });
    started.on('error', () => {
      worker = undefined; // the next stack has another
    });
    return started;
  };

  return {
    resolve: (text: string): Promise<string> =>
      new Promise((resolve) => {
        asked += 1;
        const id = asked;
        worker ??= start();
        const giveUp = setTimeout(() => {
          waiting.delete(id);
          resolve(text);
        }, longest).unref();
        waiting.set(id, (resolved) => {
          clearTimeout(giveUp);
          resolve(resolved);
        });
        worker.postMessage({ id, text });
      }),
    close: async (): Promise<void> => void (await worker?.terminate()),
  };
};
