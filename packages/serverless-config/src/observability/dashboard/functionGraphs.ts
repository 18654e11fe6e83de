/** Graphs with a line for each function, and for each operation what it takes of the tables. */
import { namespace } from '@app/observability/namespace';
import { ofFunction, ofOperation } from '../metrics.ts';
import type { WatchedService } from '../service.ts';
import type { WatchedFunction } from '../watchedFunction.ts';
import { expression, graph, line, type Widget } from './widgets.ts';

const byFunction = (
  title: string,
  functions: readonly WatchedFunction[],
  [name, stat]: readonly [name: string, stat: string],
) => {
  const lines = functions.map((each) => line(ofFunction(each)(name, stat), { label: each.key }));
  return lines.length > 0 ? [graph(title, lines)] : [];
};

const byOperation = (title: string, service: WatchedService, name: string) => {
  const operations = service.functions.flatMap((each) => each.operations);
  const lines = operations.map((operation) => line(ofOperation(service, operation)(name, 'Sum'), { label: operation }));
  return lines.length > 0 ? [graph(title, lines)] : [];
};

/** Workers name what they count after the work as well (`writer.create`): it is searched for. */
const work = ({ functions, metricsName }: WatchedService) => {
  const search = (name: string) =>
    `SEARCH('{${namespace},service,operation} service="${metricsName}" MetricName="${name}"', 'Sum', 300)`;
  const hasWorkers = functions.some(({ isBehindGateway }) => !isBehindGateway);
  return hasWorkers
    ? [
        graph(
          'Work done and failed',
          ['Processed', 'Failed'].map((name) => expression(search(name), { label: name })),
        ),
      ]
    : [];
};

const streams = ({ functions }: WatchedService) => {
  const readers = functions.filter(({ kinds }) => kinds.includes('stream'));
  return byFunction('Behind the stream (ms)', readers, ['IteratorAge', 'Maximum']);
};

export const functionGraphs = (service: WatchedService): Widget[] => [
  ...byFunction('Invocations', service.functions, ['Invocations', 'Sum']),
  ...byFunction('Errors: crashes and time-outs', service.functions, ['Errors', 'Sum']),
  ...byFunction('Duration, longest (ms)', service.functions, ['Duration', 'Maximum']),
  ...byFunction('Throttled invocations', service.functions, ['Throttles', 'Sum']),
  ...byFunction('Running at once', service.functions, ['ConcurrentExecutions', 'Maximum']),
  ...byOperation('Answers 5xx by operation', service, 'ServerErrors'),
  ...byOperation('Read capacity by operation (units)', service, 'ConsumedReadCapacity'),
  ...byOperation('Write capacity by operation (units)', service, 'ConsumedWriteCapacity'),
  ...work(service),
  ...streams(service),
];
