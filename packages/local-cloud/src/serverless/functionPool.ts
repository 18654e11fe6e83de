import { availableParallelism } from 'node:os';
import type { MessagePort, Worker } from 'node:worker_threads';

/** What serverless-offline posts to a worker: the answer goes to the port. */
export interface Invocation {
  readonly port: MessagePort;
  readonly event: unknown;
  readonly context: unknown;
}

interface Environment {
  readonly worker: Worker;
  serving: Invocation | undefined;
  retired: boolean;
}

const enough = Math.max(2, availableParallelism());
const patience = 100; // milliseconds

/** Its own stack leads to the reason (`onCrash`); that of this file would lead nowhere. */
const crashed = () => Object.assign(new Error('The function crashed.'), { stack: 'The function crashed.' });

const answer = ({ port }: Invocation, value: unknown) => {
  port.postMessage(value);
  port.close();
};

/**
 * The execution environments of one function: worker threads that serve one invocation at a time, as Lambda's do. There
 * are as many as the machine has cores, since more would only take turns; when an invocation waits and none has answered
 * for as long as `patience`, all of them wait for something else than the processor, and there is one more.
 */
export const createFunctionPool = (start: () => Worker) => {
  const environments = new Set<Environment>();
  const waiting: Invocation[] = [];
  let lastProgress = 0; // when an invocation was answered, or an environment was added

  const serve = (environment: Environment, invocation: Invocation) => {
    environment.serving = invocation;
    environment.worker.postMessage({ event: invocation.event, context: invocation.context });
  };

  const end = (environment: Environment) => {
    environments.delete(environment);
    void environment.worker.terminate();
  };

  const next = (environment: Environment) => {
    environment.serving = undefined;
    if (environment.retired) return end(environment);
    const invocation = waiting.shift();
    if (invocation) return serve(environment, invocation);
    if (environments.size > enough) end(environment); // the wait that it was added for is over
  };

  const grow = (invocation: Invocation) => {
    const environment: Environment = { worker: start(), serving: undefined, retired: false };
    environment.worker.on('message', (value: unknown) => {
      if (environment.serving) answer(environment.serving, value);
      lastProgress = performance.now();
      next(environment);
    });
    environment.worker.once('exit', () => {
      environments.delete(environment);
      if (environment.serving) answer(environment.serving, crashed());
      const first = waiting.shift();
      if (first) invoke(first);
    });
    environments.add(environment);
    serve(environment, invocation);
  };

  const growIfStillWaiting = (invocation: Invocation) => {
    const place = waiting.indexOf(invocation);
    if (place < 0) return;
    const still = performance.now() - lastProgress;
    if (still < patience) {
      setTimeout(growIfStillWaiting, patience - still, invocation);
      return;
    }
    lastProgress = performance.now();
    grow(...(waiting.splice(place, 1) as [Invocation]));
  };

  const invoke = (invocation: Invocation) => {
    const active = [...environments].filter(({ retired }) => !retired);
    const idle = active.find(({ serving }) => !serving);
    if (idle) return serve(idle, invocation);
    if (active.length < enough) return grow(invocation);
    waiting.push(invocation);
    setTimeout(growIfStillWaiting, patience, invocation);
  };

  return {
    invoke,
    /** Ends an invocation that has taken too long, and its environment with it. */
    cancel: (invocation: Invocation) => {
      const place = waiting.indexOf(invocation);
      if (place >= 0) waiting.splice(place, 1);
      for (const environment of environments) if (environment.serving === invocation) end(environment);
    },
    /** Ends all environments, each when it has answered; those that come after are started anew. */
    retire: () => {
      for (const environment of environments) {
        environment.retired = true;
        if (!environment.serving) end(environment);
      }
    },
  };
};
