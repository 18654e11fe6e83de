import { randomUUID } from 'node:crypto';
import { account } from '../cloudFormation/resources.ts';
import type { Invoke } from '../invoke.ts';
import { type Schedule, secondsOf } from './schedules.ts';

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

/** Runs a function again and again, the first time after one period; `seconds` are in place of its own. A run that is still going on is not joined by another. */
export const startClock = (
  { functionName, expression, input }: Schedule,
  {
    invoke,
    region,
    seconds,
    say,
  }: { invoke: Invoke; region: string; seconds?: number; say: (message: string) => void },
) => {
  const period = seconds ?? secondsOf(expression);
  if (period === undefined) {
    say(`${functionName} does not run by itself here: ${expression} is no rate. --schedule-seconds runs it.`);
    return () => {};
  }
  let isRunning = false;
  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    await invoke(functionName, input ?? scheduledEvent(functionName, region)).catch(() => {}); // the log says why
    isRunning = false;
  };
  const timer = setInterval(() => void run(), Math.min(period * 1000, longestTimer));
  return () => clearInterval(timer);
};
