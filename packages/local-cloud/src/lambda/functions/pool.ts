import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Budget } from './budget.ts';
import { crashed, type Measures, type Outcome } from './outcome.ts';

export interface Invocation {
  /** JSON. */
  readonly event: string;
  /** Called when an environment takes the invocation on. Returns the context that the function gets. */
  readonly begin: () => object;
  /** Called with what the function prints meanwhile. */
  readonly printed: (text: string) => void;
  readonly answer: (outcome: Outcome & Measures) => void;
}

/** What a worker sends: a part of its output, or what came of the invocation. */
type Message = { readonly output: string } | (Outcome & Measures);

interface Environment {
  readonly worker: Worker;
  serving: Invocation | undefined;
  /** Of the last invocation: what is printed after its answer is still its own. */
  printed: (text: string) => void;
  retired: boolean;
  /** Whether it takes a place of the budget; the one that each function may always have takes none. */
  extra: boolean;
  idle: NodeJS.Timeout | undefined;
}

export interface PoolOptions {
  readonly functionName: string;
  readonly start: () => Worker;
  readonly budget: Budget;
  /** Whether the processor is what invocations wait for. */
  readonly isBusy: () => boolean;
}

const cores = Math.max(2, availableParallelism());
const growAfterMs = 100;
const endIdleAfterMs = 10_000;

/**
 * The execution environments of one function: worker threads that serve one invocation at a time, as Lambda's do. There
 * are as many as the machine has cores, since more would only take turns; when an invocation waits and none has answered
 * for `growAfterMs` though the processor is not busy, all of them wait for something else, and there is one more, as far as
 * the budget allows. One that is idle stays; the others end when they have been idle for a while.
 */
export const createPool = ({ functionName, start, budget, isBusy }: PoolOptions) => {
  const environments = new Set<Environment>();
  const waiting: Invocation[] = [];
  let lastProgress = 0; // when an invocation was answered, or an environment was added

  const serve = (environment: Environment, invocation: Invocation) => {
    clearTimeout(environment.idle);
    environment.serving = invocation;
    environment.printed = invocation.printed;
    environment.worker.postMessage({ event: invocation.event, context: invocation.begin() });
  };

  const active = () => [...environments].filter(({ retired }) => !retired);

  /** Gives its place back. Where it had none, an extra one takes its part. */
  const forget = (environment: Environment) => {
    if (!environments.delete(environment)) return;
    clearTimeout(environment.idle);
    const heir = () => (environment.retired ? undefined : active().find(({ extra }) => extra));
    const gone = environment.extra ? environment : heir();
    if (!gone) return;
    gone.extra = false;
    budget.give();
  };

  const end = (environment: Environment) => {
    forget(environment);
    void environment.worker.terminate();
  };

  const settle = (environment: Environment, outcome: Outcome & Measures) => {
    const { serving } = environment;
    environment.serving = undefined;
    serving?.answer(outcome);
  };

  const next = (environment: Environment) => {
    if (environment.retired) return end(environment);
    const invocation = waiting.shift();
    if (invocation) return serve(environment, invocation);
    if (!environment.extra) return;
    if (budget.isWanted()) return end(environment);
    environment.idle = setTimeout(end, endIdleAfterMs, environment).unref();
  };

  const add = (invocation: Invocation, extra: boolean) => {
    const environment: Environment = {
      worker: start(),
      serving: undefined,
      printed: () => {},
      retired: false,
      extra,
      idle: undefined,
    };
    environment.worker.on('message', (message: Message) => {
      if ('output' in message) return environment.printed(message.output);
      const outcome = message;
      lastProgress = performance.now();
      settle(environment, outcome);
      return next(environment);
    });
    environment.worker.once('exit', () => {
      forget(environment);
      settle(environment, crashed);
      const first = waiting.shift();
      if (first) invoke(first);
    });
    environments.add(environment);
    lastProgress = performance.now();
    serve(environment, invocation);
  };

  /** False when there may be no more environments now. */
  const grow = (invocation: Invocation): boolean => {
    const extra = active().some((environment) => !environment.extra);
    if (extra && !budget.take(functionName, serveWaiting)) return false;
    add(invocation, extra);
    return true;
  };

  /** There is room for another environment. */
  const serveWaiting = () => {
    const [first] = waiting;
    if (first && grow(first)) waiting.splice(waiting.indexOf(first), 1);
  };

  const growIfStillWaiting = (invocation: Invocation) => {
    const place = waiting.indexOf(invocation);
    if (place < 0) return;
    const still = performance.now() - lastProgress;
    if (still < growAfterMs) setTimeout(growIfStillWaiting, growAfterMs - still, invocation);
    else if (isBusy()) setTimeout(growIfStillWaiting, growAfterMs, invocation);
    else if (grow(invocation)) waiting.splice(waiting.indexOf(invocation), 1);
  };

  const invoke = (invocation: Invocation) => {
    const idle = active().find(({ serving }) => !serving);
    if (idle) return serve(idle, invocation);
    if (active().length < cores && grow(invocation)) return;
    waiting.push(invocation);
    setTimeout(growIfStillWaiting, growAfterMs, invocation);
  };

  return {
    invoke,
    /** Forgets an invocation that has taken too long, and ends its environment. */
    cancel: (invocation: Invocation) => {
      const place = waiting.indexOf(invocation);
      if (place >= 0) waiting.splice(place, 1);
      for (const environment of environments)
        if (environment.serving === invocation) {
          environment.serving = undefined;
          end(environment);
        }
    },
    /** Ends all environments, each when it has answered; those that come after are started anew. */
    retire: () => {
      for (const environment of environments) {
        environment.retired = true;
        if (!environment.serving) end(environment);
      }
    },
    /** Ends all environments at once. */
    close: async () => {
      waiting.length = 0;
      await Promise.all([...environments].map(({ worker }) => worker.terminate()));
    },
    size: () => environments.size,
  };
};

export type Pool = ReturnType<typeof createPool>;
