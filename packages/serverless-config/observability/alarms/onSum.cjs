/** Metric math takes ten metrics in an alarm: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html */
const most = 10;

const inTens = (metrics) => (metrics.length === 0 ? [] : [metrics.slice(0, most), ...inTens(metrics.slice(most))]);

/**
 * What counts failures has no data while there are none; and an alarm on DynamoDB's metrics would stay as it is for as long,
 * whatever TreatMissingData says (PutMetricAlarm in CloudWatch's API reference).
 */
const orNone = (id) => `FILL(${id}, 0)`;

const watching = (metrics) => {
  const named = Object.fromEntries(metrics.map((each, index) => [`m${index}`, each]));
  return { metrics: named, expression: Object.keys(named).map(orNone).join(' + ') };
};

/** An alarm on the sum of these metrics, one for each ten of them. */
module.exports = (alarm, metrics) =>
  inTens(metrics).map((ten, index) =>
    Object.assign(watching(ten), alarm, { about: index === 0 ? alarm.about : `${alarm.about}-${index + 1}` }),
  );
