/** Graphs of what callers of an API see: what came of their requests, and how long it took. */
const { ofApi } = require('../metrics.cjs');
const { expression, graph, line } = require('./widgets.cjs');

const outcomes = ({ of, clientErrors, serverErrors }) => [
  line(of('Count', 'SampleCount'), { id: 'requests', visible: false }),
  line(of(serverErrors, 'Sum'), { id: 'server', label: '5xx', color: '#d62728' }),
  line(of(clientErrors, 'Sum'), { id: 'client', label: '4xx', color: '#ff7f0e' }),
  expression('requests - FILL(client, 0) - FILL(server, 0)', { id: 'success', label: '2xx and 3xx', color: '#2ca02c' }),
];

const percentiles = ({ of }, metric) => ['p50', 'p95', 'p99'].map((stat) => line(of(metric, stat), { label: stat }));

/** The marks are the objective of requirement 003 and where the alarm is (apiAlarms.cjs). */
const requestGraphs = (api) => [
  graph('Requests by outcome', outcomes(api), { stacked: true }),
  graph('Latency (ms)', percentiles(api, 'Latency'), {
    marks: [
      [500, 'objective for p95'],
      [1000, 'alarm on p95'],
    ],
  }),
];

const socketGraphs = (api) => [
  graph(
    'WebSocket: connections, messages, errors',
    ['ConnectCount', 'MessageCount', 'ClientError', 'IntegrationError', 'ExecutionError'].map((name) =>
      line(api.of(name, 'Sum'), { label: name }),
    ),
  ),
  graph('WebSocket: latency of functions (ms)', percentiles(api, 'IntegrationLatency')),
];

module.exports = (service) =>
  service.apiKinds.flatMap((kind) => (kind === 'websocket' ? socketGraphs : requestGraphs)(ofApi(service, kind)));
