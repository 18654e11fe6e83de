/** Graphs of what callers of an API see: what came of their requests, and how long it took. */
import { type ApiMetrics, ofApi } from '../metrics.ts';
import type { WatchedService } from '../service.ts';
import { expression, graph, line, type Widget } from './widgets.ts';

const outcomes = ({ of, clientErrors, serverErrors }: ApiMetrics) => [
  line(of('Count', 'SampleCount'), { id: 'requests', visible: false }),
  line(of(serverErrors, 'Sum'), { id: 'server', label: '5xx', color: '#d62728' }),
  line(of(clientErrors, 'Sum'), { id: 'client', label: '4xx', color: '#ff7f0e' }),
  expression('requests - FILL(client, 0) - FILL(server, 0)', { id: 'success', label: '2xx and 3xx', color: '#2ca02c' }),
];

const percentiles = ({ of }: ApiMetrics, metric: string) =>
  ['p50', 'p95', 'p99'].map((stat) => line(of(metric, stat), { label: stat }));

/** The marks are the objective of requirement 003 and where the alarm is (apiAlarms.ts). */
const requestGraphs = (api: ApiMetrics) => [
  graph('Requests by outcome', outcomes(api), { stacked: true }),
  graph('Latency (ms)', percentiles(api, 'Latency'), {
    marks: [
      [500, 'objective for p95'],
      [1000, 'alarm on p95'],
    ],
  }),
];

const socketGraphs = (api: ApiMetrics) => [
  graph(
    'WebSocket: connections, messages, errors',
    ['ConnectCount', 'MessageCount', 'ClientError', 'IntegrationError', 'ExecutionError'].map((name) =>
      line(api.of(name, 'Sum'), { label: name }),
    ),
  ),
  graph('WebSocket: latency of functions (ms)', percentiles(api, 'IntegrationLatency')),
];

export const apiGraphs = (service: WatchedService): Widget[] =>
  service.apiKinds.flatMap((kind) => (kind === 'websocket' ? socketGraphs : requestGraphs)(ofApi(service, kind)));
