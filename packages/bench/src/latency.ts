import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { apis } from '@app/contracts/apis';
import { quantile } from './statistics.ts';

const agent = new Agent({ keepAlive: true });

interface Call {
  readonly method?: string;
  readonly body?: string;
}

/** One request over a connection that is kept; its status and milliseconds. */
const call = (url: string, { method = 'GET', body }: Call = {}) =>
  new Promise<{ status: number; milliseconds: number }>((resolve, reject) => {
    const startedAt = performance.now();
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const outgoing = request(url, { method, agent, headers }, (response) => {
      response.resume().on('end', () => {
        resolve({ status: response.statusCode ?? 0, milliseconds: performance.now() - startedAt });
      });
    });
    outgoing.on('error', reject).end(body);
  });

/** Asks every operation once, for something that is not there or with nothing in it: enough to start its function. */
export const warmEveryFunction = async (gateway: string) => {
  for (const { method, path } of Object.values(apis).flat()) {
    const url = gateway + path.replaceAll(/\{\w+\}/g, crypto.randomUUID());
    await call(url, { method, ...(method !== 'GET' && method !== 'DELETE' && { body: '{}' }) });
  }
};

interface Load {
  readonly callers: number;
  readonly seconds: number;
  /** Milliseconds that a caller waits at the most before it asks again; none by default. */
  readonly pause?: number;
}

/** Milliseconds at the median and the 99th percentile of so many callers. */
export const measureLatency = async (url: string, { callers, seconds, pause = 0 }: Load) => {
  const times: number[] = [];
  const askUntil = async (end: number, keep: boolean) => {
    while (performance.now() < end) {
      const { status, milliseconds } = await call(url);
      if (status !== 200) throw new Error(`${url} answered ${status}`);
      if (keep) times.push(milliseconds);
      if (pause > 0) await wait(Math.random() * pause);
    }
  };
  const all = (duration: number, keep: boolean) => {
    const end = performance.now() + duration * 1000;
    return Promise.all(Array.from({ length: callers }, () => askUntil(end, keep)));
  };
  await all(1, false);
  await all(seconds, true);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), perSecond: times.length / seconds };
};
