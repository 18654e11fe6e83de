/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */

/** What Fn::Sub puts the same in for. */
const inText = (value) => {
  if (typeof value === 'string') return value;
  return `\${${value.Ref ?? value['Fn::GetAtt'].join('.')}}`;
};

/** A metric (metrics.cjs) as a line of a graph. */
const line = ({ Namespace, MetricName, Dimensions, Stat }, rendering = {}) => [
  Namespace,
  MetricName,
  ...Object.entries(Dimensions).flatMap(([name, value]) => [name, inText(value)]),
  { stat: Stat, ...rendering },
];

/** A line that is made of others: metric math over their ids, or a search. */
const expression = (text, rendering) => [{ expression: text, ...rendering }];

/** `marks` are horizontal lines: a value and what it means. */
const graph = (title, metrics, { marks = [], stacked = false } = {}) => ({
  type: 'metric',
  width: 12,
  height: 6,
  properties: {
    title,
    metrics,
    view: 'timeSeries',
    stacked,
    period: 300,
    region: '${AWS::Region}',
    yAxis: { left: { min: 0 } },
    ...(marks.length > 0 && { annotations: { horizontal: marks.map(([value, label]) => ({ value, label })) } }),
  },
});

const alarmStates = (title, ids) => ({
  type: 'alarm',
  width: 24,
  height: 2 + Math.ceil(ids.length / 6),
  properties: { title, alarms: ids.map((id) => inText({ 'Fn::GetAtt': [id, 'Arn'] })) },
});

/** Widgets from left to right, and from the top down where a row of 24 columns is full. */
const inRows = (widgets) => {
  let [x, y, below] = [0, 0, 0];
  return widgets.map((widget) => {
    if (x + widget.width > 24) [x, y] = [0, below];
    const placed = { ...widget, x, y };
    x += widget.width;
    below = Math.max(below, y + widget.height);
    return placed;
  });
};

module.exports = { alarmStates, expression, graph, inRows, line };
