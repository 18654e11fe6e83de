/** The end of the process, in one place: whatever asks for it, everything is stopped once, within a time. */
import { exit } from './exit.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const longestStop = 5000;

export interface Lifecycle {
  /** Adds what must be done at the end; the last added is done first. */
  readonly atEnd: (stop: () => Promise<void> | void) => void;
  /** Ends the process, with a message if something went wrong. */
  readonly end: (failure?: string) => Promise<void>;
  readonly isEnding: () => boolean;
}

/** The framework, serverless-offline and others each want to end the process their own way: none of them gets to hear. */
const ownedHere = new Set<string | symbol>([...signals, 'uncaughtException', 'unhandledRejection']);
const keepOthersFromSignals = () => {
  for (const method of ['on', 'once', 'addListener', 'prependListener'] as const) {
    const original = process[method].bind(process) as (event: string | symbol, listener: () => void) => NodeJS.Process;
    Object.assign(process, {
      [method]: (event: string | symbol, listener: () => void) =>
        ownedHere.has(event) ? process : original(event, listener),
    });
  }
};

const stopAll = async (stops: readonly (() => Promise<void> | void)[]) => {
  for (const stop of stops.toReversed()) {
    try {
      await stop();
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
    }
  }
};

/**
 * Listens for signals and for the end of the parent (an IPC channel that closes: run.cjs and the harness both have one).
 * Ends with 0 on those, with 1 and its message on a failure. Signals that come while it is ending change nothing.
 */
export const createLifecycle = (): Lifecycle => {
  const stops: (() => Promise<void> | void)[] = [];
  let ending: Promise<void> | undefined;
  const end = (failure?: string) => {
    ending ??= (async () => {
      if (failure) {
        process.stderr.write(`\n${failure}\n`);
        if (process.connected) process.send?.({ type: 'failed', failure });
      }
      setTimeout(() => exit(failure ? 1 : 0), longestStop).unref();
      await stopAll(stops);
      exit(failure ? 1 : 0);
    })();
    return ending;
  };
  for (const signal of signals) process.on(signal, () => void end());
  process.on('disconnect', () => void end());
  process.on('uncaughtException', (error) => void end(`The local cloud died.\n${error.stack}`));
  process.on(
    'unhandledRejection',
    (reason) => void end(`The local cloud died.\n${(reason as Error).stack ?? String(reason)}`),
  );
  keepOthersFromSignals();
  return { atEnd: (stop) => void stops.push(stop), end, isEnding: () => ending !== undefined };
};
