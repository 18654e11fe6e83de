import { isColdStart } from './coldStart.ts';
import { logger } from './logger.ts';
import type { Trace } from './trace.ts';
import { runWork, startWork, type Work } from './work.ts';

/** What a piece of work came to. */
export interface Measures {
  readonly line: Readonly<Record<string, unknown>>;
  /** Milliseconds. */
  readonly duration: number;
  /** DynamoDB's units. */
  readonly capacity: { readonly read: number; readonly write: number };
  readonly failed: boolean;
}

interface Observation {
  /** The line's message. */
  readonly kind: 'request' | 'socket' | 'message' | 'change' | 'object event' | 'schedule';
  readonly trace: Trace;
  readonly isRequest?: boolean;
  readonly context: { readonly awsRequestId: string };
  /** What the line says of the work before it begins. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Writes the metric record. */
  readonly record: (measures: Measures) => void;
}

const hundredths = (milliseconds: number) => Math.round(milliseconds * 100) / 100;

/**
 * Runs one piece of work of whatever trigger: every line that is written meanwhile has its ids; at its end come one line, with
 * its duration, cold start, consumed capacity and what `run` has put into `work.line`, and one metric record. A line with
 * an `error` is an error's. What `run` throws is logged and thrown on.
 */
export const observed = <T>(
  { kind, trace, isRequest = false, context, details, record }: Observation,
  run: (work: Work) => Promise<T>,
): Promise<T> => {
  const startedAt = performance.now();
  const coldStart = isColdStart();
  const work = startWork({ trace, lambdaRequestId: context.awsRequestId, isRequest, details });
  const finish = () => {
    const duration = performance.now() - startedAt;
    const { line, capacity } = work;
    const failed = 'error' in line;
    const measured = { durationMs: hundredths(duration), coldStart, consumedCapacity: capacity };
    logger[failed ? 'error' : 'info'](kind, { ...line, ...measured });
    record({ line, duration, capacity, failed });
  };
  return runWork(work, async () => {
    try {
      return await run(work);
    } catch (error) {
      work.line['error'] ??= error ?? new Error('Nothing was thrown');
      throw error;
    } finally {
      finish();
    }
  });
};
