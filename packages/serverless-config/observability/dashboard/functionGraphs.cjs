/** Graphs with a line for each function, and for each operation what it takes of the tables. */
const { ofFunction, ofOperation } = require('../metrics.cjs');
const { expression, graph, line } = require('./widgets.cjs');

const byFunction = (title, functions, [name, stat]) => {
  const lines = functions.map((each) => line(ofFunction(each)(name, stat), { label: each.key }));
  return lines.length > 0 ? [graph(title, lines)] : [];
};

const byOperation = (title, service, name) => {
  const operations = service.functions.flatMap((each) => each.operations);
  const lines = operations.map((operation) => line(ofOperation(service, operation)(name, 'Sum'), { label: operation }));
  return lines.length > 0 ? [graph(title, lines)] : [];
};

/** Workers name what they count after the work as well (`writer.create`): it is searched for. */
const work = ({ functions, metricsName }) => {
  const search = (name) =>
    `SEARCH('{Groundwork,service,operation} service="${metricsName}" MetricName="${name}"', 'Sum', 300)`;
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

const streams = ({ functions }) => {
  const readers = functions.filter(({ kinds }) => kinds.includes('stream'));
  return byFunction('Behind the stream (ms)', readers, ['IteratorAge', 'Maximum']);
};

module.exports = (service) => [
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
