import type { Metric } from '../metrics.ts';
import type { Alarm } from './alarm.ts';

/** Metric math takes ten metrics in an alarm: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html */
const most = 10;

const inTens = (metrics: readonly Metric[]): Metric[][] =>
  metrics.length === 0 ? [] : [metrics.slice(0, most), ...inTens(metrics.slice(most))];

/**
 * What counts failures has no data while there are none; and an alarm on DynamoDB's metrics would stay as it is for as long,
 * whatever TreatMissingData says (PutMetricAlarm in CloudWatch's API reference).
 */
const orNone = (id: string) => `FILL(${id}, 0)`;

const watching = (metrics: readonly Metric[]) => {
  const named = Object.fromEntries(metrics.map((each, index) => [`m${index}`, each]));
  return { metrics: named, expression: Object.keys(named).map(orNone).join(' + ') };
};

/** An alarm on the sum of these metrics, one for each ten of them. */
export const onSum = (alarm: Omit<Alarm, 'metrics' | 'expression'>, metrics: readonly Metric[]): Alarm[] =>
  inTens(metrics).map((ten, index) =>
    Object.assign(watching(ten), alarm, { about: index === 0 ? alarm.about : `${alarm.about}-${index + 1}` }),
  );
