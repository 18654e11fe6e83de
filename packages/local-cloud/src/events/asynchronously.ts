import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Invoke } from '../invoke.ts';

export interface AsynchronousOptions {
  readonly invoke: Invoke;
  readonly functionName: string;
  /** After the first attempt; Lambda's own number is 2. */
  readonly retries: number;
  /** Gets the record of an event that was given up. */
  readonly onFailure: (record: object) => Promise<void>;
}

const waits = [500, 1000]; // milliseconds; Lambda waits one minute, then two
const atOnce = 4;

/** What Lambda sends to a failure destination. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const failureRecord = (
  functionName: string,
  event: unknown,
  { attempts, error }: { attempts: number; error: Error },
) => ({
  version: '1.0',
  timestamp: new Date().toISOString(),
  requestContext: {
    requestId: randomUUID(),
    functionArn: functionName,
    condition: 'RetriesExhausted',
    approximateInvokeCount: attempts,
  },
  requestPayload: event,
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorMessage: error.message },
});

/**
 * Calls a function for events as Lambda does those that nobody waits for: tried again when they fail, then handed to the
 * failure destination. Some at once, the others in their turn; one that waits to be tried again holds up none.
 */
export const createAsynchronous = ({ invoke, functionName, retries, onFailure }: AsynchronousOptions) => {
  const waiting: { event: unknown; attempts: number }[] = [];
  let running = 0;
  const stopped = new AbortController();

  const attempt = async ({ event, attempts }: { event: unknown; attempts: number }) => {
    try {
      await invoke(functionName, event);
    } catch (error) {
      if (attempts >= retries)
        return onFailure(failureRecord(functionName, event, { attempts: attempts + 1, error: error as Error }));
      void delay(waits[Math.min(attempts, waits.length - 1)], undefined, { signal: stopped.signal }).then(
        () => push({ event, attempts: attempts + 1 }),
        () => {},
      );
    }
  };
  const next = () => {
    const first = running < atOnce && !stopped.signal.aborted ? waiting.shift() : undefined;
    if (!first) return;
    running += 1;
    void attempt(first).finally(() => {
      running -= 1;
      next();
    });
  };
  const push = (each: { event: unknown; attempts: number }) => {
    waiting.push(each);
    next();
  };

  return { send: (event: unknown) => push({ event, attempts: 0 }), stop: () => stopped.abort() };
};
