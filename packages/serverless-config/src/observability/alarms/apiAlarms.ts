/** Alarms on what callers of an API see: answers that fail, answers that are late. */

import type { ApiKind } from '../events.ts';
import { type ApiMetrics, ofApi, ofService } from '../metrics.ts';
import type { WatchedService } from '../service.ts';
import type { Alarm } from './alarm.ts';

const nearTimeout = 25_000; // milliseconds, of the 29 s that functions have behind a gateway

const slow = (about: string, title: string, of: ApiMetrics['of']): Alarm => ({
  about,
  says: `A request to the ${title} has taken 25 s: at 29 s it fails.`,
  runbook: 'slow-requests',
  metrics: { slowest: of('IntegrationLatency', 'Maximum') },
  period: 300,
  threshold: nearTimeout,
});

/** How long callers wait who have not asked to (`Prefer: wait`): the gateway does not know who has. */
const latencyOf = (service: WatchedService, of: ApiMetrics['of']) => {
  const [metric, name] = service.letsCallersWait
    ? ([ofService(service), 'LatencyWithoutWait'] as const)
    : ([of, 'Latency'] as const);
  return { latency: metric(name, 'p95'), requests: metric(name, 'SampleCount') };
};

const requestAlarms = (service: WatchedService, kind: ApiKind): Alarm[] => {
  const { of, serverErrors } = ofApi(service, kind);
  const title = `${service.name} API`;
  const requests = of('Count', 'SampleCount');
  return [
    {
      about: 'api-5xx',
      says: `At least 1 % of the requests to the ${title} have been answered 5xx, and at least five, in 15 minutes.`,
      runbook: 'server-errors',
      metrics: { errors: of(serverErrors, 'Sum'), requests },
      expression: 'IF(errors >= 5, 100 * errors / requests, 0)',
      label: '% of requests answered 5xx',
      period: 900,
      threshold: 1,
    },
    {
      about: 'api-latency',
      says: `One request in twenty to the ${title} takes more than a second (p95), and has for ten of 15 minutes.`,
      runbook: 'slow-requests',
      metrics: latencyOf(service, of),
      expression: 'IF(requests >= 20, latency, 0)',
      label: 'p95 in ms, of at least 20 requests',
      period: 300,
      threshold: 1000,
      datapoints: 2,
      periods: 3,
    },
    slow('api-near-timeout', title, of),
  ];
};

const socketAlarms = (service: WatchedService): Alarm[] => {
  const { of, serverErrors } = ofApi(service, 'websocket');
  const title = `${service.name} WebSocket API`;
  return [
    {
      about: 'websocket-errors',
      says: `The ${title} has failed to call its functions five times within five minutes.`,
      runbook: 'server-errors',
      metrics: { errors: of(serverErrors, 'Sum') },
      period: 300,
      threshold: 5,
    },
    slow('websocket-near-timeout', title, of),
  ];
};

export const apiAlarms = (service: WatchedService): Alarm[] =>
  service.apiKinds.flatMap((kind) => (kind === 'websocket' ? socketAlarms(service) : requestAlarms(service, kind)));
