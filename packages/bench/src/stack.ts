import { setTimeout as wait } from 'node:timers/promises';
import { type LocalCloud, startLocalCloud } from '@app/local-cloud';
import { measureLatency, warmEveryFunction } from './latency.ts';
import { megabytesOf } from './processTree.ts';
import { report } from './report.ts';
import { measureStart } from './start.ts';

/** Seconds to ready at most, and megabytes at rest and with every function warm. */
const targets = { ready: 3, rest: 420, warm: 1600 };

/** Megabytes of a cloud that has done nothing but start every function once. */
const measureWarmMemory = async () => {
  const fresh = await startLocalCloud();
  await warmEveryFunction(String(fresh.urls.gateway));
  await wait(3000);
  const megabytes = await megabytesOf(fresh.pid);
  await fresh.stop();
  return megabytes;
};

/** Start, memory and latency of the whole local stack: a start is `npm start` as typed, latency goes through the gateway. */
export const reportStack = async (cloud: LocalCloud, path: string) => {
  const start = await measureStart();
  const url = `${cloud.urls.gateway}${path}`;
  const alone = await measureLatency(url, { callers: 1, seconds: 5 });
  const paced = await measureLatency(url, { callers: 10, seconds: 5, pause: 100 });
  const relentless = await measureLatency(url, { callers: 10, seconds: 5 });
  const warm = await measureWarmMemory();
  report('The local stack', [
    { name: 'npm start, from typed to ready', value: start.seconds, unit: 's', atMost: targets.ready, digits: 2 },
    { name: 'memory at rest, all processes', value: start.megabytes, unit: 'MB', atMost: targets.rest, digits: 0 },
    {
      name: 'memory with every function warm',
      value: warm,
      unit: 'MB',
      atMost: targets.warm,
      digits: 0,
    },
    { name: 'GET, one caller, median', value: alone.p50, unit: 'ms', atMost: 5 },
    { name: 'GET, ten callers who pause (0–100 ms), median', value: paced.p50, unit: 'ms', atMost: 5 },
    { name: 'GET, ten callers who pause, 99th percentile', value: paced.p99, unit: 'ms', atMost: 40 },
    { name: 'GET, ten callers who do not, median', value: relentless.p50, unit: 'ms' },
    { name: 'GET, ten callers who do not, 99th percentile', value: relentless.p99, unit: 'ms', atMost: 40 },
    { name: 'GET, ten callers who do not, throughput', value: relentless.perSecond, unit: '/s', digits: 0 },
  ]);
};
