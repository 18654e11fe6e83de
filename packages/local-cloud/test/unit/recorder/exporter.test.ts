import { describe, expect, it } from '@jest/globals';
import { exportTo, goneCollector, until } from './exporting.ts';
import { startFakeCollector } from './fakeCollector.ts';

const names = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `span ${first + index}`);

describe('startExporter', () => {
  it('posts what has come within a period as one batch of JSON', async () => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector([{ status: 200, body: '' }]);
    const { record, said, stop } = exportTo(endpoint);

    record(1, 3);
    await until(() => posted.length > 0);
    await stop();
    await stopCollector();

    expect(posted).toMatchObject([
      { url: '/v1/traces', contentType: 'application/json', spans: ['span 1', 'span 2', 'span 3'] },
    ]);
    expect(said).toEqual([]);
  });

  it('posts 512 spans at once without waiting for more, and never more than these', async () => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector();
    const { record, stop } = exportTo(endpoint, { periodMs: 60_000 });

    record(1, 1200);
    await until(() => posted.length === 2);
    await stop();
    await stopCollector();

    expect(posted.map(({ spans }) => spans.length)).toEqual([512, 512, 176]);
    expect(posted.flatMap(({ spans }) => spans)).toEqual(names(1, 1200));
  });

  it('keeps batches small where spans are large, though each has one at least', async () => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector();
    const { record, stop } = exportTo(endpoint, { periodMs: 60_000, batch: { spans: 512, characters: 1000 } });

    record(1, 5, { attributes: { body: 'x'.repeat(400) } });
    record(6, 6, { events: [{ time: 0, name: 'log', attributes: { line: 'x'.repeat(2000) } }] });
    await until(() => posted.length === 4);
    await stop();
    await stopCollector();

    expect(posted.map(({ spans }) => spans.length)).toEqual([2, 2, 1, 1]);
  });

  it('sends what has waited when a collector comes, and says either once', async () => {
    const { endpoint, port } = await goneCollector();
    const { record, said, stop } = exportTo(endpoint);

    record(1, 2);
    await until(() => said.length > 0);
    record(3, 4);
    const { posted, stop: stopCollector } = await startFakeCollector([], port);
    await until(() => posted.flatMap(({ spans }) => spans).length === 4);
    record(5);
    await until(() => posted.flatMap(({ spans }) => spans).length === 5);
    await stop();
    await stopCollector();

    expect(posted.flatMap(({ spans }) => spans)).toEqual(names(1, 5));
    expect(said).toEqual([
      'The OpenTelemetry collector at URL does not answer (ECONNREFUSED). Spans wait for it.',
      'The OpenTelemetry collector at URL answers again.',
    ]);
  });
});
