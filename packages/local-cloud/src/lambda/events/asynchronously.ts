import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { TraceContext } from '../../tracing/context.ts';
import type { Invoke } from '../invoke.ts';
import type { Journal, Pending as Kept } from './journal.ts';

export interface AsynchronousOptions {
  readonly invoke: Invoke;
  readonly functionName: string;
  /** Where the events come from, as people say it. */
  readonly source?: string;
  /** After the first attempt; Lambda's own number is 2. */
  readonly retries: number;
  /** Gets the record of an event that was given up. Resolves to false when it could not keep it. */
  readonly onFailure: (record: object) => Promise<boolean>;
  readonly journal: Pick<Journal, 'add' | 'pending' | 'update' | 'remove'>;
}

/** An event, and the span that caused it, which the journal does not keep beyond the process. */
type Pending = Kept & { readonly parent?: TraceContext | undefined };

const waits = [500, 1000]; // milliseconds; Lambda waits one minute, then two
const waitForDestination = 5000; // milliseconds
const atOnce = 4;
/** An event during which the process ended so often, and that never failed, is given up: it may be what ends it. */
const mostInterruptions = 10;
const longestDrain = 3000; // milliseconds

/** What Lambda sends to a failure destination. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const failureRecord = (functionName: string, { event, starts }: Pending, errorMessage: string) => ({
  version: '1.0',
  timestamp: new Date().toISOString(),
  requestContext: {
    requestId: randomUUID(),
    functionArn: functionName,
    condition: 'RetriesExhausted',
    approximateInvokeCount: starts,
  },
  requestPayload: event,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorMessage },
});

/**
 * Calls a function for events as Lambda does those that nobody waits for: at least once, tried again when they fail, then
 * handed to the failure destination. Some at once, the others in their turn; one that waits to be tried again holds up
 * none. The journal has each from `send` until it is dealt with, so that no end of the process loses one.
 */
export const createAsynchronous = (options: AsynchronousOptions) => {
  const { invoke, functionName, source, retries, onFailure, journal } = options;
  const waiting: Pending[] = [];
  const running = new Set<Promise<void>>();
  const stopped = new AbortController();
  let isStarted = false;

  const again = (pending: Pending, wait: number) =>
    void delay(wait, undefined, { signal: stopped.signal }).then(
      () => push(pending),
      () => {},
    );
  const giveUp = async (pending: Pending, message: string) => {
    if (await onFailure(failureRecord(functionName, pending, message))) journal.remove(pending.id);
    else again(pending, waitForDestination);
  };
  const isSpent = ({ failures, starts }: Pending) => failures > retries || starts - failures > mostInterruptions;

  const attempt = async (before: Pending) => {
    if (isSpent(before)) return giveUp(before, `${functionName} did not come to an end.`);
    const pending = { ...before, starts: before.starts + 1 };
    journal.update(pending);
    try {
      await invoke(functionName, pending.event, { trigger: 'datasource', parent: pending.parent, source });
    } catch (error) {
      if (stopped.signal.aborted) return; // it may have been ended with the rest: the next start begins it again
      const failed = { ...pending, failures: pending.failures + 1 };
      journal.update(failed);
      if (isSpent(failed)) return giveUp(failed, (error as Error).message);
      return again(failed, waits[Math.min(failed.failures, waits.length) - 1] ?? 0);
    }
    journal.remove(pending.id);
  };
  const next = () => {
    const first = isStarted && running.size < atOnce && !stopped.signal.aborted ? waiting.shift() : undefined;
    if (!first) return;
    const run = attempt(first)
      .catch(() => again(first, waitForDestination)) // the journal's disk is full, or gone
      .finally(() => {
        running.delete(run);
        next();
      });
    running.add(run);
    next();
  };
  const push = (pending: Pending) => {
    waiting.push(pending);
    next();
  };

  return {
    /** The event is kept when this returns. Throws when it cannot be. */
    send: (event: unknown, parent?: TraceContext) => push({ ...journal.add(functionName, event), parent }),

    /** To be called once the function can be: begins with what an earlier process has left. */
    start: () => {
      const left = journal.pending(functionName);
      waiting.splice(0, waiting.length, ...left); // what has been sent already is among them
      isStarted = true;
      next();
    },

    /** Begins no more. Resolves when what is running has ended, or has taken too long; the journal has the rest. */
    stop: async () => {
      stopped.abort();
      await Promise.race([Promise.all(running), delay(longestDrain, undefined, { ref: false })]);
    },
  };
};
