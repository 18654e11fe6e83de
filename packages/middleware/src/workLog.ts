import { isColdStart, logger, recordMessage, takeCapacity } from '@app/observability';
import type { Context } from 'aws-lambda';

interface Work {
  readonly context: Context;
  /** Milliseconds since what set it off. */
  readonly age: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Runs a piece of a worker's work: one log line, with what came of it or why it failed, and one metric record. */
export const workLog =
  (worker: string, message: string) =>
  async ({ context, age, details }: Work, work: () => Promise<string>): Promise<void> => {
    const startedAt = performance.now();
    const line = { lambdaRequestId: context.awsRequestId, worker, ...details, ageMs: Math.round(age) };
    const coldStart = isColdStart();
    takeCapacity(); // what an invocation that was cut off left behind
    const finish = (outcome: string, error?: unknown) => {
      const duration = performance.now() - startedAt;
      logger[error === undefined ? 'info' : 'error'](message, {
        ...line,
        outcome,
        durationMs: Math.round(duration * 100) / 100,
        coldStart,
        consumedCapacity: takeCapacity(),
        ...(error !== undefined && { error }),
      });
      recordMessage({ operation: worker, failed: error !== undefined, age, duration });
    };
    try {
      finish(await work());
    } catch (error) {
      finish('failed', error ?? new Error('Nothing was thrown'));
      throw error;
    }
  };
