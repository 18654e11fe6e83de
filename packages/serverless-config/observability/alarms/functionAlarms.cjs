/** Alarms on functions. */
const { ofFunction, ofOperation } = require('../metrics.cjs');
const onSum = require('./onSum.cjs');

/**
 * A handler that fails answers 5xx, which to Lambda is a success: so what Lambda counts and what we count are added up.
 * An event that comes asynchronously is tried three times, one and two minutes apart: three failures are one event that
 * nothing has come of.
 */
const failures = (service, each) => {
  const ours = each.operations.map((operation) => ofOperation(service, operation)('ServerErrors', 'Sum'));
  const [threshold, often, period] = each.isAsync
    ? [3, 'three times within 15 minutes', 900]
    : [5, 'five times within five minutes', 300];
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

/** Behind a gateway it is the gateway that tells (apiAlarms.cjs). Elsewhere it is as much of the time-out: 25 of 29. */
const nearTimeout = (each) => {
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

const behind = (each) => ({
  about: `${each.name}-behind`,
  says: `${each.key} is five minutes behind the stream that it reads.`,
  runbook: 'backlog',
  metrics: { age: ofFunction(each)('IteratorAge', 'Maximum') },
  period: 60,
  threshold: 300_000,
  datapoints: 3,
  periods: 5,
});

const lost = (each) => ({
  about: `${each.name}-lost-events`,
  says: `An event that ${each.key} failed at could not be put aside: it is lost.`,
  runbook: 'dead-letters',
  metrics: { lost: ofFunction(each)('DestinationDeliveryFailures', 'Sum') },
  period: 300,
  threshold: 1,
});

/** One alarm, not one for each function: what throttles one mostly throttles all. */
const throttles = ({ functions }) => {
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

module.exports = (service) => [
  ...service.functions.flatMap((each) => [
    ...failures(service, each),
    ...(each.isBehindGateway ? [] : [nearTimeout(each)]),
    ...(each.kinds.includes('stream') ? [behind(each)] : []),
    ...(each.failureDestinations.length > 0 ? [lost(each)] : []),
  ]),
  ...throttles(service),
];
