import { describe, expect, it } from '@jest/globals';
import { exportTo, until } from './exporting.ts';
import { startFakeCollector } from './fakeCollector.ts';

const names = (first: number, last: number) => [`span ${first}`, `span ${last}`];

describe('startExporter', () => {
  it.each([429, 502, 503, 504])('posts a batch again that is answered with %i', async (status) => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector([{ status }, { status }]);
    const { record, said, stop } = exportTo(endpoint);

    record(1, 2);
    await until(() => said.length === 2);
    await stop();
    await stopCollector();

    expect(posted.map(({ spans }) => spans)).toEqual([names(1, 2), names(1, 2), names(1, 2)]);
    expect(said).toEqual([
      `The OpenTelemetry collector at URL is not ready (HTTP ${status}). Spans wait for it.`,
      'The OpenTelemetry collector at URL answers again.',
    ]);
  });

  it('waits longer from try to try, up to a limit', async () => {
    const notReady = Array.from({ length: 12 }, () => ({ status: 503 }));
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector(notReady);
    const { record, stop } = exportTo(endpoint, { firstPauseMs: 20, longestPauseMs: 80 });

    record(1);
    await until(() => posted.length === 13);
    await stop();
    await stopCollector();

    const waits = posted.slice(1).map(({ at }, index) => at - (posted[index]?.at ?? 0));
    const least = [20, 40, 80, 80].map((wait) => wait - 2); // timers may be early by a millisecond
    expect(least.every((wait, index) => (waits[index] ?? 0) >= wait)).toBe(true);
    expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(20 * 2 ** 11); // what doubling alone would take
  });

  it('takes a collector that is silent for one that is away', async () => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector([undefined]);
    const { record, said, stop } = exportTo(endpoint, { timeoutMs: 200 });

    record(1);
    await until(() => said.length === 2);
    await stop();
    await stopCollector();

    expect(posted.length).toBeGreaterThan(1);
    expect(new Set(posted.flatMap(({ spans }) => spans))).toEqual(new Set(['span 1']));
    expect(said[0]).toBe('The OpenTelemetry collector at URL does not answer within 0.2 s. Spans wait for it.');
  });
});
