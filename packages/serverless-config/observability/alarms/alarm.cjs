/**
 * An alarm as CloudFormation has it. `metrics` are those it watches, by name; with several of them `expression` (metric
 * math) says what of them. It alarms when that has reached `threshold` in `datapoints` of the last `periods` of `period`
 * seconds, and when nothing was measured it does not: no traffic is no fault.
 */
const dimensionsOf = (dimensions) => Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

const isPercentile = (stat) => /^p\d/.test(stat);

const single = ({ Namespace, MetricName, Dimensions, Stat }, Period) => ({
  Namespace,
  MetricName,
  Dimensions: dimensionsOf(Dimensions),
  Period,
  [isPercentile(Stat) ? 'ExtendedStatistic' : 'Statistic']: Stat,
});

const combined = (metrics, { expression, label, period: Period }) => ({
  Metrics: [
    { Id: 'alarmed', Expression: expression, Label: label, ReturnData: true },
    ...Object.entries(metrics).map(([Id, { Namespace, MetricName, Dimensions, Stat }]) => ({
      Id,
      MetricStat: { Metric: { Namespace, MetricName, Dimensions: dimensionsOf(Dimensions) }, Period, Stat },
      ReturnData: false,
    })),
  ],
});

/** The resource. `topic` is its logical id; `about` names what is alarmed on, and is part of the alarm's name. */
module.exports = ({ name, stage }, topic, alarm) => {
  const { about, says, runbook, metrics, threshold, datapoints = 1, periods = datapoints } = alarm;
  const [first, ...others] = Object.values(metrics);
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${name}-${stage}-${about}`,
      AlarmDescription: `${says} Runbook: docs/runbooks/${runbook}.md`,
      ...(others.length > 0 ? combined(metrics, alarm) : single(first, alarm.period)),
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: datapoints,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: topic }],
      OKActions: [{ Ref: topic }],
    },
  };
};
