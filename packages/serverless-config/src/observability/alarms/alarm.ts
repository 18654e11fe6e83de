import type { Resource } from '../../framework.ts';
import type { DimensionValue, Metric } from '../metrics.ts';
import type { WatchedService } from '../service.ts';

/** What is alarmed on, and when. */
export interface Alarm {
  /** Part of the alarm's name: kebab-case. */
  readonly about: string;
  /** A sentence for who is woken. */
  readonly says: string;
  /** The file in docs/runbooks that tells what to do. */
  readonly runbook: string;
  /** By the names that `expression` has for them. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /** Metric math; needed for several metrics. */
  readonly expression?: string;
  /** What the expression is, in words. */
  readonly label?: string;
  /** Seconds. */
  readonly period: number;
  readonly threshold: number;
  readonly datapoints?: number;
  readonly periods?: number;
  /** Whether it alarms below the threshold. */
  readonly atLeast?: boolean;
}

const dimensionsOf = (dimensions: Readonly<Record<string, DimensionValue>>) =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

const isPercentile = (stat: string) => /^p\d/.test(stat);

const single = ({ Namespace, MetricName, Dimensions, Stat }: Metric, Period: number) => ({
  Namespace,
  MetricName,
  Dimensions: dimensionsOf(Dimensions),
  Period,
  [isPercentile(Stat) ? 'ExtendedStatistic' : 'Statistic']: Stat,
});

const combined = ({ metrics, expression, label, period: Period }: Alarm) => ({
  Metrics: [
    { Id: 'alarmed', Expression: expression, Label: label, ReturnData: true },
    ...Object.entries(metrics).map(([Id, { Namespace, MetricName, Dimensions, Stat }]) => ({
      Id,
      MetricStat: { Metric: { Namespace, MetricName, Dimensions: dimensionsOf(Dimensions) }, Period, Stat },
      ReturnData: false,
    })),
  ],
});

/**
 * An alarm as CloudFormation has it, which tells the topic of this logical id. It alarms when its metric, or the expression of
 * several, has reached `threshold` in `datapoints` of the last `periods` of `period` seconds, and when nothing was measured it
 * does not: no traffic is no fault. With `atLeast` it alarms when it stays below the threshold, and when nothing was measured.
 */
export const alarmResource = ({ name, stage }: WatchedService, topic: string, alarm: Alarm): Resource => {
  const { about, says, runbook, metrics, threshold, datapoints = 1, periods = datapoints, atLeast = false } = alarm;
  const [first, ...others] = Object.values(metrics) as [Metric, ...Metric[]];
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: `${name}-${stage}-${about}`,
      AlarmDescription: `${says} Runbook: docs/runbooks/${runbook}.md`,
      ...(others.length > 0 ? combined(alarm) : single(first, alarm.period)),
      ComparisonOperator: atLeast ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
      Threshold: threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: datapoints,
      TreatMissingData: atLeast ? 'breaching' : 'notBreaching',
      AlarmActions: [{ Ref: topic }],
      OKActions: [{ Ref: topic }],
    },
  };
};
