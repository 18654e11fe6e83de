import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stop } from '../lambda/events/source.ts';
import type { Invoke } from '../lambda/invoke.ts';
import { account } from '../template/resources.ts';
import { type Schedule, secondsOf } from './schedules.ts';

export interface ClockOptions {
  readonly invoke: Invoke;
  readonly region: string;
  /** The period, in place of the schedule's own. */
  readonly seconds?: number | undefined;
  /** The function's time-out. */
  readonly timeoutSeconds: number;
  readonly log: (message: string) => void;
}

/** What EventBridge sends by default. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
const scheduledEvent = (functionName: string, region: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [`arn:aws:events:${region}:${account}:rule/${functionName}`],
  detail: {},
});

const longestTimer = 2 ** 31 - 1;
const longestDrain = 4000;

const within = (milliseconds: number, work: Promise<unknown>) => {
  const over = new AbortController();
  const timer = delay(milliseconds, undefined, { ref: false, signal: over.signal }).catch(() => {});
  return Promise.race([work.catch(() => {}), timer]).finally(() => over.abort());
};

/**
 * Runs a function again and again, the first time after one period. A run that is still going on is not joined by
 * another; one that fails, or whose end is not heard of within the function's time-out, keeps none from following.
 * Returns what stops it: nothing is run any more, and what is running has some seconds for its end.
 */
export const startClock = ({ functionName, expression, input }: Schedule, options: ClockOptions): Stop => {
  const { invoke, region, seconds, timeoutSeconds, log } = options;
  const period = seconds ?? secondsOf(expression);
  if (period === undefined) {
    log(`${functionName} does not run by itself here: ${expression} is no rate. --schedule-seconds runs it.`);
    return () => {};
  }
  let running: Promise<unknown> | undefined;
  const run = async () =>
    invoke(functionName, input ?? scheduledEvent(functionName, region), { trigger: 'timer', source: expression }); // it tells why it failed
  const timer = setInterval(
    () => {
      running ??= within((timeoutSeconds + 1) * 1000, run()).finally(() => {
        running = undefined;
      });
    },
    Math.min(period * 1000, longestTimer),
  );
  return async () => {
    clearInterval(timer);
    if (running) await within(longestDrain, running);
  };
};
