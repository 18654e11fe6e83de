/** Alarms on functions. */
import { ofFunction, ofOperation } from '../metrics.ts';
import type { WatchedService } from '../service.ts';
import type { WatchedFunction } from '../watchedFunction.ts';
import type { Alarm } from './alarm.ts';
import { onSum } from './onSum.ts';

/**
 * A handler that fails answers 5xx, which to Lambda is a success: so what Lambda counts and what we count are added up.
 * An event that comes asynchronously is tried three times, one and two minutes apart: three failures are one event that
 * nothing has come of.
 */
const failures = (service: WatchedService, each: WatchedFunction) => {
  const ours = each.operations.map((operation) => ofOperation(service, operation)('ServerErrors', 'Sum'));
  const [threshold, often, period] = each.isAsync
    ? ([3, 'three times within 15 minutes', 900] as const)
    : ([5, 'five times within five minutes', 300] as const);
  const how = ours.length > 0 ? 'crashed, timed out or answered 5xx' : 'crashed or timed out';
  const alarm = {
    about: `${each.name}-failures`,
    says: `${each.key} has ${how} ${often}.`,
    runbook: 'server-errors',
    label: 'failures',
    period,
    threshold,
  };
  return onSum(alarm, [ofFunction(each)('Errors', 'Sum'), ...ours]);
};

/** Behind a gateway it is the gateway that tells (apiAlarms.ts). Elsewhere it is as much of the time-out: 25 of 29. */
const nearTimeout = (each: WatchedFunction): Alarm => {
  const seconds = Math.round((each.timeout * 250) / 29) / 10;
  return {
    about: `${each.name}-near-timeout`,
    says: `${each.key} has run for ${seconds} of its ${each.timeout} s.`,
    runbook: 'slow-requests',
    metrics: { longest: ofFunction(each)('Duration', 'Maximum') },
    period: 300,
    threshold: seconds * 1000,
  };
};

const behind = (each: WatchedFunction): Alarm => ({
  about: `${each.name}-behind`,
  says: `${each.key} is five minutes behind the stream that it reads.`,
  runbook: 'backlog',
  metrics: { age: ofFunction(each)('IteratorAge', 'Maximum') },
  period: 60,
  threshold: 300_000,
  datapoints: 3,
  periods: 5,
});

const shortest = 900; // seconds; a deployment or a short fault of AWS's alarms nobody
const longest = 86_400; // CloudWatch's

/** A function that a schedule runs: that it fails is told above, that it does not run at all here. */
const stopped = (each: WatchedFunction, interval: number): Alarm => {
  const period = Math.min(Math.max(3 * interval, shortest), longest);
  return {
    about: `${each.name}-stopped`,
    says: `${each.key} has not run for ${period / 60} minutes, though it is scheduled.`,
    runbook: 'scheduled-work',
    metrics: { runs: ofFunction(each)('Invocations', 'Sum') },
    period,
    threshold: 1,
    atLeast: true,
  };
};

const lost = (each: WatchedFunction): Alarm => ({
  about: `${each.name}-lost-events`,
  says: `An event that ${each.key} failed at could not be put aside: it is lost.`,
  runbook: 'dead-letters',
  metrics: { lost: ofFunction(each)('DestinationDeliveryFailures', 'Sum') },
  period: 300,
  threshold: 1,
});

/** One alarm, not one for each function: what throttles one mostly throttles all. */
const throttles = ({ functions }: WatchedService) => {
  const alarm = {
    about: 'throttles',
    says: 'Lambda has refused to run a function: too many run at once.',
    runbook: 'throttling',
    label: 'throttled invocations',
    period: 300,
    threshold: 1,
  };
  return onSum(
    alarm,
    functions.map((each) => ofFunction(each)('Throttles', 'Sum')),
  );
};

export const functionAlarms = (service: WatchedService): Alarm[] => [
  ...service.functions.flatMap((each) => [
    ...failures(service, each),
    ...(each.isBehindGateway ? [] : [nearTimeout(each)]),
    ...(each.kinds.includes('stream') ? [behind(each)] : []),
    ...(each.interval && each.interval <= longest / 2 ? [stopped(each, each.interval)] : []),
    ...(each.failureDestinations.length > 0 ? [lost(each)] : []),
  ]),
  ...throttles(service),
];
