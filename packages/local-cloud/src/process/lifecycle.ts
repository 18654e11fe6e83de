/** The end of the process, in one place: whatever asks for it, everything is stopped once, within a time. */
import { setTimeout as delay } from 'node:timers/promises';
import { exit } from './exit.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const longestStop = 5000;
/** One Ctrl-C comes twice: from the terminal, and from run.cjs that had it too. */
const sameCtrlC = 500;

type Work = () => Promise<unknown> | void;

export interface Lifecycle {
  /** Adds what takes no more requests at the end; all of these come first, at once. */
  readonly atRefusal: (refuse: Work) => void;
  /** Adds what is waited for, in a bounded time, before anything is stopped. Not done when something went wrong. */
  readonly atDrain: (drain: Work) => void;
  /** Adds what must be done at the end; the last added is done first. */
  readonly atEnd: (stop: Work) => void;
  /** Ends the process, with a message if something went wrong. */
  readonly end: (failure?: string) => Promise<void>;
  readonly isEnding: () => boolean;
}

/** The framework and others each want to end the process their own way: none of them gets to hear. */
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

const carryOut = async (work: Work) => {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
  }
};

const atOnce = (works: readonly Work[]) => Promise.all(works.map(carryOut));

const lastAddedFirst = async (works: readonly Work[]) => {
  for (const work of works.toReversed()) await carryOut(work);
};

const within = (milliseconds: number, work: Promise<unknown>) =>
  Promise.race([work, delay(milliseconds, undefined, { ref: false })]);

const describeDefect = (error: unknown) =>
  `The local cloud died.\n${(error as Error | undefined)?.stack ?? String(error)}`;

/** A terminal or a parent that has gone away is no failure of ours. */
const surviveClosedOutput = () => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
};

/**
 * Listens for signals and for the end of the parent (an IPC channel that closes: run.cjs and the harness both have one).
 * Then requests are refused, what was accepted is drained for at most `longestDrain` milliseconds, and everything is
 * stopped. Ends with 0 on those, with 1 and its message on a failure. A second Ctrl-C ends at once; other signals that
 * come while it is ending change nothing.
 */
export const createLifecycle = ({ longestDrain = 8000 }: { longestDrain?: number } = {}): Lifecycle => {
  const refusals: Work[] = [];
  const drains: Work[] = [];
  const stops: Work[] = [];
  let ending: Promise<void> | undefined;
  let askedAt = 0;

  const drain = async () => {
    const slow = setTimeout(
      () => process.stderr.write('Finishing what was accepted. Ctrl-C again ends at once.\n'),
      1000,
    );
    await within(longestDrain, atOnce(drains));
    clearTimeout(slow);
  };
  const endOnce = async (failure?: string) => {
    if (failure) {
      process.stderr.write(`\n${failure}\n`);
      if (process.connected) process.send?.({ type: 'failed', failure }, () => {});
    }
    await within(longestStop, atOnce(refusals));
    if (!failure) await drain();
    await within(longestStop, lastAddedFirst(stops));
    exit(failure ? 1 : 0);
  };
  const end = (failure?: string) => {
    askedAt ||= performance.now();
    ending ??= endOnce(failure);
    return ending;
  };
  const onSignal = (signal: string) => {
    if (ending && signal === 'SIGINT' && performance.now() - askedAt > sameCtrlC) exit(0);
    void end();
  };

  surviveClosedOutput();
  for (const signal of signals) process.on(signal, onSignal);
  process.on('disconnect', () => void end());
  process.on('uncaughtException', (error) => void end(describeDefect(error)));
  process.on('unhandledRejection', (reason) => void end(describeDefect(reason)));
  keepOthersFromSignals();
  return {
    atRefusal: (refuse) => void refusals.push(refuse),
    atDrain: (work) => void drains.push(work),
    atEnd: (stop) => void stops.push(stop),
    end,
    isEnding: () => ending !== undefined,
  };
};
