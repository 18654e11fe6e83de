import { createRequire, syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import type * as Threads from 'node:worker_threads';
import { createFunctionPool, type Invocation } from './functionPool.ts';

interface WorkerData {
  readonly functionKey: string;
  readonly servicePath: string;
}

type Pool = ReturnType<typeof createFunctionPool>;

const functionWorker = new URL('functionWorker.mjs', import.meta.url);

/** Megabytes. A small young generation is collected often and given back: half the memory of a function under load. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

let reloading = false;

/** While `reload` runs, workers that are told to end first finish what they are at: the request goes on with the old code. */
export const lettingInvocationsFinish = async (reload: () => Promise<void>) => {
  reloading = true;
  try {
    await reload();
  } finally {
    reloading = false;
  }
};

/**
 * What serverless-offline uses of a worker, over a pool that all of a function's have in common. It ends one when an
 * invocation has timed out, and all of them at a reload.
 */
const share = (pool: Pool) => {
  let last: Invocation | undefined;
  return {
    postMessage: (invocation: Invocation) => {
      last = invocation;
      pool.invoke(invocation);
    },
    terminate: async () => {
      if (reloading) pool.retire();
      else if (last) pool.cancel(last);
      return 0;
    },
  };
};

/**
 * Takes the functions' workers over from serverless-offline, which starts one for every invocation that finds none idle,
 * lets a crashing function take the whole process with it without answering its request, and cuts off running requests
 * at a reload. `onCrash` hears of the second.
 */
export const superviseWorkers = (onCrash: (functionName: string, error: unknown) => void) => {
  const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker: unknown };
  const { Worker } = threads as typeof Threads;
  const pools = new Map<string, Pool>();
  const start = (options: Threads.WorkerOptions, name: string) => () => {
    const worker = new Worker(functionWorker, { ...options, resourceLimits });
    worker.on('error', (error) => onCrash(name, error));
    return worker;
  };
  threads.Worker = function Supervised(file: string | URL, options: Threads.WorkerOptions = {}) {
    if (basename(String(file)) !== 'workerThreadHelper.js') return new Worker(file, options);
    const { functionKey, servicePath } = options.workerData as WorkerData;
    const name = `${basename(servicePath)} ${functionKey}`;
    const pool = pools.get(name) ?? createFunctionPool(start(options, name));
    pools.set(name, pool);
    return share(pool);
  };
  syncBuiltinESMExports();
};
