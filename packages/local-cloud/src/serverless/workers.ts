import { createRequire, syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import type * as Threads from 'node:worker_threads';

interface Invocation {
  readonly port: Threads.MessagePort;
}
interface WorkerData {
  readonly functionKey: string;
  readonly servicePath: string;
}

let reloading = false;
const longestInvocation = 30_000;

/** While `reload` runs, workers that are told to end first finish what they are at: the request goes on with the old code. */
export const lettingInvocationsFinish = async (reload: () => Promise<void>) => {
  reloading = true;
  try {
    await reload();
  } finally {
    reloading = false;
  }
};

/** Its own stack leads to the reason (`onCrash`); that of this file would lead nowhere. */
const crashed = () => Object.assign(new Error('The function crashed.'), { stack: 'The function crashed.' });

/** Keeps count of a worker's invocations, and fails them when it crashes: serverless-offline would leave them unanswered. */
const superviseInvocations = (threads: typeof Threads, worker: Threads.Worker) => {
  const open = new Map<Threads.MessagePort, () => void>();
  const post = worker.postMessage.bind(worker);
  worker.postMessage = (message: Invocation) => {
    const { port1, port2 } = new threads.MessageChannel();
    const answer = (value: unknown) => {
      port1.close();
      message.port.postMessage(value); // oxlint-disable-line unicorn/require-post-message-target-origin -- a MessagePort has none
      message.port.close();
      open.delete(port1);
    };
    open.set(port1, () => answer(crashed()));
    port1.once('message', answer);
    post({ ...message, port: port2 }, [port2]);
  };
  worker.once('exit', () => {
    for (const fail of open.values()) fail();
  });
  return { isBusy: () => open.size > 0 };
};

const deferTermination = (worker: Threads.Worker, isBusy: () => boolean) => {
  const terminate = worker.terminate.bind(worker);
  worker.terminate = async () => {
    if (!reloading) return terminate();
    const until = Date.now() + longestInvocation;
    const check = setInterval(() => {
      if (isBusy() && Date.now() < until) return;
      clearInterval(check);
      void terminate();
    }, 20);
    return 0; // at once: requests that come while serverless-offline waits here would be lost to its pool
  };
};

/**
 * Puts right three things in serverless-offline's workers: a function that crashes takes the whole process with it, the
 * request it was at is never answered, and a reload cuts off requests that are being answered. `onCrash` hears of the first.
 */
export const superviseWorkers = (onCrash: (functionName: string, error: unknown) => void) => {
  const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker: unknown };
  const { Worker } = threads as typeof Threads;
  const original = threads as typeof Threads;
  threads.Worker = function Supervised(file: string | URL, options: Threads.WorkerOptions = {}) {
    const worker = new Worker(file, options);
    if (basename(String(file)) !== 'workerThreadHelper.js') return worker;
    const { functionKey, servicePath } = options.workerData as WorkerData;
    worker.on('error', (error) => onCrash(`${basename(servicePath)} ${functionKey}`, error));
    deferTermination(worker, superviseInvocations(original, worker).isBusy);
    return worker;
  };
  syncBuiltinESMExports();
};
