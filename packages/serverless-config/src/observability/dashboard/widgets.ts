/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
import type { DimensionValue, Metric } from '../metrics.ts';

/** How a line is drawn. */
interface Rendering {
  readonly id?: string;
  readonly label?: string;
  readonly color?: string;
  readonly visible?: boolean;
}

export type Line = readonly (string | object)[];

export interface Widget {
  readonly type: 'metric' | 'alarm';
  readonly width: number;
  readonly height: number;
  readonly properties: object;
}

interface GraphOptions {
  /** Horizontal lines: a value and what it means. */
  readonly marks?: readonly (readonly [value: number, label: string])[];
  readonly stacked?: boolean;
}

/** What Fn::Sub puts the same in for. */
const inText = (value: DimensionValue) => {
  if (typeof value === 'string') return value;
  return `\${${'Ref' in value ? value.Ref : value['Fn::GetAtt'].join('.')}}`;
};

/** A metric (metrics.ts) as a line of a graph. */
export const line = ({ Namespace, MetricName, Dimensions, Stat }: Metric, rendering: Rendering = {}): Line => [
  Namespace,
  MetricName,
  ...Object.entries(Dimensions).flatMap(([name, value]) => [name, inText(value)]),
  { stat: Stat, ...rendering },
];

/** A line that is made of others: metric math over their ids, or a search. */
export const expression = (text: string, rendering: Rendering): Line => [{ expression: text, ...rendering }];

export const graph = (
  title: string,
  metrics: readonly Line[],
  { marks = [], stacked = false }: GraphOptions = {},
): Widget => ({
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

/** The states of the alarms with these logical ids. */
export const alarmStates = (title: string, ids: readonly string[]): Widget => ({
  type: 'alarm',
  width: 24,
  height: 2 + Math.ceil(ids.length / 6),
  properties: { title, alarms: ids.map((id) => inText({ 'Fn::GetAtt': [id, 'Arn'] })) },
});

/** Widgets from left to right, and from the top down where a row of 24 columns is full. */
export const inRows = (widgets: readonly Widget[]) => {
  let [x, y, below] = [0, 0, 0];
  return widgets.map((widget) => {
    if (x + widget.width > 24) [x, y] = [0, below];
    const placed = { ...widget, x, y };
    x += widget.width;
    below = Math.max(below, y + widget.height);
    return placed;
  });
};
