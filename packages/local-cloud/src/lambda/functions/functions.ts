import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Cause, unsaid } from '../../tracing/cause.ts';
import { toXRay } from '../../tracing/context.ts';
import { createBudget } from './budget.ts';
import type { FunctionDefinition } from './definition.ts';
import { crashed, failure, type Measures, type Outcome } from './outcome.ts';
import { createPool, type Invocation, type Pool } from './pool.ts';
import { createProcessorWatch } from './processor.ts';
import { unwatched, type Watch } from './watch.ts';

/** Execution environments that functions may have for load, besides one for each function. */
export const environmentsForLoad = Math.max(64, 8 * availableParallelism());

const workerFile = new URL('worker.mjs', import.meta.url);
const largestPayload = 6 * 1024 * 1024; // bytes; Lambda's quota for a synchronous invocation

/** A small young generation is collected often and given back: half the memory of a function under load. */
const youngGenerationMb = 8;

const contextOf = (
  { name, memorySize, timeout, environment }: FunctionDefinition,
  { awsRequestId, traceHeader }: { readonly awsRequestId: string; readonly traceHeader: string },
) => ({
  traceHeader,
  awsRequestId,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:${environment['AWS_REGION']}:000000000000:function:${name}`,
  memoryLimitInMB: String(memorySize),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
  callbackWaitsForEmptyEventLoop: true,
  deadlineMs: Date.now() + timeout * 1000,
});

const describe = (error: Error) => error.stack ?? String(error);

interface Deployed {
  readonly definition: FunctionDefinition;
  readonly pool: Pool;
}

/** The functions of all services, run as Lambda does. `log` hears why an invocation failed, `watch` of each. */
export const createFunctions = (log: (message: string) => void, watch: Watch = unwatched) => {
  const budget = createBudget(environmentsForLoad, log);
  const isBusy = createProcessorWatch();
  const deployed = new Map<string, Deployed>();
  const running = new Set<Promise<Outcome>>();

  const start =
    ({ name, codeFolder, handler, memorySize, environment }: FunctionDefinition) =>
    () => {
      const worker = new Worker(workerFile, {
        workerData: { codeFolder, handler },
        env: { ...environment },
        execArgv: [],
        resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb, maxOldGenerationSizeMb: memorySize },
      });
      worker.on('error', (error) => log(`The function ${name} crashed.\n${describe(error as Error)}`));
      return worker;
    };

  /** Runs it in the pool, for at most as long as it may. */
  const runInTime = async ({ definition, pool }: Deployed, event: string, cause: Cause) => {
    const { timeout } = definition;
    const { promise, resolve } = Promise.withResolvers<Outcome & Measures>();
    const requestId = randomUUID();
    let timer: NodeJS.Timeout | undefined;
    const give = (outcome: Outcome) => {
      pool.cancel(invocation);
      resolve(outcome);
    };
    const crash = () => give(crashed);
    const watched = watch({ definition, requestId, cause, event, crash });
    const endInTime = () => {
      const after = timeout.toFixed(2);
      give(failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${after} seconds`));
    };
    const begin = () => {
      timer = setTimeout(endInTime, timeout * 1000);
      watched.begun();
      return contextOf(definition, { awsRequestId: requestId, traceHeader: toXRay(watched.context) });
    };
    const invocation: Invocation = { event, begin, printed: watched.printed, answer: resolve };
    pool.invoke(invocation);
    const { isCold, usedMemory, ...outcome } = await promise;
    clearTimeout(timer);
    return watched.ended(outcome, { isCold, usedMemory });
  };

  const run = async (deployment: Deployed, event: string, cause: Cause): Promise<Outcome> => {
    const { name } = deployment.definition;
    const outcome = await runInTime(deployment, event, cause);
    if ('error' in outcome) {
      const { errorType, errorMessage, trace = [] } = outcome.error;
      log(`The function ${name} failed.\n${trace.join('\n') || `${errorType}: ${errorMessage}`}`);
      return outcome;
    }
    if (Buffer.byteLength(outcome.payload) <= largestPayload) return outcome;
    log(`The function ${name} failed.\nIts response is larger than ${largestPayload} bytes.`);
    return failure('Function.ResponseSizeTooLarge', 'Response payload size exceeded maximum allowed payload size.');
  };

  return {
    add: (definition: FunctionDefinition) => {
      const { name } = definition;
      deployed.set(name, {
        definition,
        pool: createPool({ functionName: name, start: start(definition), budget, isBusy }),
      });
    },
    has: (name: string) => deployed.has(name),
    /** Runs a function, for JSON. Throws for one that is not there; never rejects for one that fails. */
    invoke: async (name: string, event: string, cause: Cause = unsaid): Promise<Outcome> => {
      const found = deployed.get(name);
      if (!found) throw new Error(`There is no function ${name}.`);
      const outcome = run(found, event, cause);
      running.add(outcome);
      try {
        return await outcome;
      } finally {
        running.delete(outcome);
      }
    },
    /** The code has changed: what is running ends with the old, what comes gets the new. */
    reload: () => {
      for (const { pool } of deployed.values()) pool.retire();
    },
    /** Resolves when nothing runs any more. */
    settled: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
    close: async () => {
      await Promise.all([...deployed.values()].map(({ pool }) => pool.close()));
    },
    /** Environments that there are now, in all. */
    size: () => [...deployed.values()].reduce((sum, { pool }) => sum + pool.size(), 0),
  };
};

export type Functions = ReturnType<typeof createFunctions>;
