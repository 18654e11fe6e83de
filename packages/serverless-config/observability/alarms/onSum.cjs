/** Metric math takes ten metrics in an alarm: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html */
const most = 10;

const inTens = (metrics) =>
  metrics.length > most ? [metrics.slice(0, most), ...inTens(metrics.slice(most))] : [metrics];

const watching = (metrics) => {
  const named = Object.fromEntries(metrics.map((each, index) => [`m${index}`, each]));
  return { metrics: named, expression: Object.keys(named).join(' + ') };
};

/** An alarm on the sum of these metrics, in which what is missing counts as 0; one for each ten of them. */
module.exports = (alarm, metrics) =>
  inTens(metrics).map((ten, index) =>
    Object.assign(watching(ten), alarm, { about: index === 0 ? alarm.about : `${alarm.about}-${index + 1}` }),
  );
