import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { exportTo, goneCollector, until } from './exporting.ts';
import { startFakeCollector } from './fakeCollector.ts';

const collector = 'The OpenTelemetry collector at URL';
const timeOf = async (action: () => Promise<void>) => {
  const before = performance.now();
  await action();
  return performance.now() - before;
};

describe('stop', () => {
  it('sends what is left, and nothing after it', async () => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector();
    const { record, said, isWanted, stop } = exportTo(endpoint, { periodMs: 60_000 });

    record(1, 3);
    await Promise.all([stop(), stop()]);
    record(4);
    await stopCollector();

    expect(posted.map(({ spans }) => spans)).toEqual([['span 1', 'span 2', 'span 3']]);
    expect(isWanted()).toBe(false);
    expect(said).toEqual([]);
  });

  it('tries a collector that was away once more, without the wait', async () => {
    const { endpoint, port } = await goneCollector();
    const { record, said, stop } = exportTo(endpoint, { firstPauseMs: 60_000, longestPauseMs: 60_000 });

    record(1);
    await until(() => said.length > 0);
    const { posted, stop: stopCollector } = await startFakeCollector([], port);
    await stop();
    await stopCollector();

    expect(posted.map(({ spans }) => spans)).toEqual([['span 1']]);
    expect(said.at(-1)).toBe(`${collector} answers again.`);
  });

  it('gives up in time on a collector that is silent', async () => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector([undefined, undefined, undefined]);
    const { record, said, stop } = exportTo(endpoint, { stopMs: 100 });

    record(1, 2);
    await until(() => posted.length > 0);
    const took = await timeOf(stop);
    await stopCollector();

    expect(took).toBeLessThan(2000); // a post alone may take 5 s
    expect(said).toEqual([
      `${collector} does not answer (no time is left). Spans wait for it.`,
      `${collector} has not got 2 spans.`,
    ]);
  });

  it('is not needed for the process to end', async () => {
    const { endpoint } = await goneCollector();
    const exporter = new URL('../../../src/recorder/exporter.ts', import.meta.url).href;
    const spans = new URL('spans.ts', import.meta.url).href;
    const program = `
      const { startExporter } = await import('${exporter}');
      const { numberedSpan } = await import('${spans}');
      const pauses = { firstPauseMs: 60_000, longestPauseMs: 60_000 };
      const log = (line) => { console.log(line); follower({ span: numberedSpan(2) }); };
      let follower;
      const follow = (each) => { follower = each; };
      startExporter({ endpoint: '${endpoint}', follow, log, batch: { spans: 1, characters: 1 }, ...pauses });
      startExporter({ endpoint: '${endpoint}', follow: (each) => each({ span: numberedSpan(1) }), log, periodMs: 60_000 });
      follower({ span: numberedSpan(1) });
    `;

    const ended = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], { timeout: 30_000 });

    await expect(ended).resolves.toMatchObject({ stdout: expect.stringContaining('does not answer') });
  });
});
