import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { createBudget } from './budget.ts';
import { failure, type Outcome } from './outcome.ts';
import { createPool, type Invocation, type Pool } from './pool.ts';
import { createProcessorWatch } from './processor.ts';

/** A function as it is deployed, and where its code is. */
export interface FunctionDefinition {
  /** `<service>-<stage>-<key>`, as deployed. */
  readonly name: string;
  /** The folder that `handler` is in. */
  readonly codeFolder: string;
  /** `src/handlers/createNote.handler`. */
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memorySize: number;
  /** All that it finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Execution environments that functions may have for load, besides one for each function. */
export const environmentsForLoad = Math.max(64, 8 * availableParallelism());

const workerFile = new URL('worker.mjs', import.meta.url);
const largestPayload = 6 * 1024 * 1024; // bytes; Lambda's quota for a synchronous invocation

/** A small young generation is collected often and given back: half the memory of a function under load. */
const youngGenerationMb = 8;

const contextOf = ({ name, memorySize, timeout, environment }: FunctionDefinition, awsRequestId: string) => ({
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

/** The functions of all services, run as Lambda does. `log` hears why an invocation failed. */
export const createFunctions = (log: (message: string) => void) => {
  const budget = createBudget(environmentsForLoad, log);
  const isBusy = createProcessorWatch();
  const deployed = new Map<string, { definition: FunctionDefinition; pool: Pool }>();
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

  const run = async ({ definition, pool }: { definition: FunctionDefinition; pool: Pool }, event: string) => {
    const { name, timeout } = definition;
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const requestId = randomUUID();
    let timer: NodeJS.Timeout | undefined;
    const endInTime = () => {
      pool.cancel(invocation);
      const after = timeout.toFixed(2);
      resolve(failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${after} seconds`));
    };
    const begin = () => {
      timer = setTimeout(endInTime, timeout * 1000);
      return contextOf(definition, requestId);
    };
    const invocation: Invocation = { event, begin, answer: resolve };
    pool.invoke(invocation);
    const outcome = await promise;
    clearTimeout(timer);
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
    invoke: async (name: string, event: string): Promise<Outcome> => {
      const found = deployed.get(name);
      if (!found) throw new Error(`There is no function ${name}.`);
      const outcome = run(found, event);
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
