import { observed, recordMessage, startTrace } from '@app/observability';
import type { Context } from 'aws-lambda';

interface WorkerOptions {
  readonly worker: string;
  readonly kind: 'change' | 'object event' | 'schedule';
}

interface Delivery {
  readonly context: Context;
  /** Milliseconds since what set it off. */
  readonly age: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Observes the work that nobody's request has asked for, in a trace of its own. `work` resolves to an outcome for the line. */
export const observedWork =
  ({ worker, kind }: WorkerOptions) =>
  ({ context, age, details }: Delivery, work: () => Promise<string>): Promise<void> =>
    observed(
      {
        kind,
        trace: startTrace(undefined),
        context,
        details: { worker, ...details, ageMs: Math.round(age), outcome: 'failed' },
        record: ({ failed, duration, capacity }) =>
          recordMessage({ operation: worker, failed, age, duration, capacity }),
      },
      async ({ line }) => {
        line['outcome'] = await work();
      },
    );
