import type { ScheduledEvent } from 'aws-lambda';
import { keepWarm } from '../keepWarm.ts';
import { observedWork } from '../observedWork.ts';

interface ScheduleHandler {
  /** What the worker is called in log lines and metrics. */
  readonly worker: string;
  /** Resolves to an outcome for the log. What it throws fails the invocation, which Lambda tries again, twice. */
  readonly handle: () => Promise<string>;
}

/** Turns work that is done again and again into a Lambda handler for a schedule. One log line and one metric record each. */
export const createScheduledHandler = ({ worker, handle }: ScheduleHandler) => {
  const observe = observedWork({ worker, kind: 'schedule' });

  return keepWarm(async ({ time }: Partial<ScheduledEvent>, context): Promise<void> => {
    const age = time === undefined ? 0 : Date.now() - Date.parse(time); // who invokes it by hand need not say
    await observe({ context, age, details: {} }, handle);
  });
};
