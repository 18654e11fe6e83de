import { describe, expect, it } from '@jest/globals';
import type { Resources } from '../../src/framework.ts';
import { dashboard } from '../../src/observability/dashboard/dashboard.ts';
import type { WatchedService } from '../../src/observability/service.ts';
import { exampleAlarms, exampleService, functions, resources } from './exampleService.ts';

type Line = readonly (string | { readonly id?: string; readonly expression?: string })[];

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title: string; readonly metrics?: readonly Line[]; readonly alarms?: string[] };
}

const widgetsOf = (service: WatchedService, alarms: Resources = {}) => {
  const body = dashboard(service, alarms).Properties?.['DashboardBody'] as { 'Fn::Sub': string };
  return (JSON.parse(body['Fn::Sub']) as { widgets: Widget[] }).widgets;
};

const overlap = (a: Widget, b: Widget) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('a dashboard', () => {
  const widgets = widgetsOf(exampleService(), exampleAlarms());
  const lines = widgets.flatMap(({ properties }) => properties.metrics ?? []);

  it('has its widgets side by side, in 24 columns', () => {
    for (const [index, widget] of widgets.entries()) {
      expect(widget.x + widget.width).toBeLessThanOrEqual(24);
      expect(widgets.slice(index + 1).filter((other) => overlap(widget, other))).toEqual([]);
    }
  });

  it('has each metric as namespace, name, pairs of dimensions, and how it is drawn', () => {
    const metrics = lines.filter(([first]) => typeof first === 'string');

    for (const metric of metrics) {
      expect(metric.slice(0, -1).every((part) => typeof part === 'string' && part !== '')).toBe(true);
      expect(metric.length % 2).toBe(1);
      expect(metric.at(-1)).toHaveProperty('stat');
    }
  });

  it('makes sums of lines that are in the same graph', () => {
    const outcomes = widgets.find(({ properties }) => properties.title === 'Requests by outcome');
    const drawn = (outcomes?.properties.metrics ?? []).map(
      (line) => line.at(-1) as { id?: string; expression?: string },
    );
    const ids = drawn.map(({ id }) => id);

    const used = drawn.flatMap(
      ({ expression }) => expression?.split(' - ').map((term) => term.replace(/^FILL\((.+), 0\)$/, '$1')) ?? [],
    );
    expect(used).toHaveLength(3);
    expect(ids).toEqual(expect.arrayContaining(used));
  });

  it('shows every alarm’s state, every function, operation, table and queue', () => {
    const text = JSON.stringify(widgets);
    const alarms = Object.entries(exampleAlarms()).filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm');

    expect(widgets[0]?.properties.alarms).toEqual(alarms.map(([id]) => `\${${id}.Arn}`));
    for (const key of Object.keys(functions)) expect(text).toContain(`"label":"${key}"`);
    for (const operation of ['createThing', 'listThings', 'socket.connect'])
      expect(text).toContain(`"ConsumedReadCapacity","service","things-prod","operation","${operation}"`);
    for (const id of Object.keys(resources)) expect(text).toContain(`\${${id}${id === 'Things' ? '' : '.QueueName'}}`);
  });

  it('leaves out what a service has not, its alarms too', () => {
    const plain = exampleService({ functions: { createThing: functions.createThing }, resources: {} });

    const titles = widgetsOf(plain).map(({ properties }) => properties.title);

    expect(titles).not.toContain('Alarms');
    expect(titles.filter((title) => /queue|letter|stream|socket|table|work/i.test(title))).toEqual([]);
  });
});
