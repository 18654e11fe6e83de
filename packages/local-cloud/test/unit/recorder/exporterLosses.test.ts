import { describe, expect, it } from '@jest/globals';
import { exportTo, goneCollector, until } from './exporting.ts';
import { startFakeCollector } from './fakeCollector.ts';

const collector = 'The OpenTelemetry collector at URL';

describe('startExporter', () => {
  it('leaves out what does not fit into the queue: says so once, and how many at the end', async () => {
    const { endpoint } = await goneCollector();
    const { record, said, stop } = exportTo(endpoint, { periodMs: 60_000, queue: { spans: 3, characters: 1000 } });

    record(1, 5);
    expect(said).toEqual([
      'The queue of spans for the OpenTelemetry collector at URL is full. Spans that do not fit are left out.',
    ]);
    await stop();

    expect(said.slice(1)).toEqual([
      `${collector} does not answer (ECONNREFUSED). Spans wait for it.`,
      `${collector} has not got 5 spans.`,
    ]);
  });

  it('has room again once spans are sent', async () => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector();
    const large = { attributes: { body: 'x'.repeat(600) } };
    const { record, stop } = exportTo(endpoint, { queue: { spans: 9, characters: 1000 } });

    record(1, 1, large);
    await until(() => {
      record(2, 2, large);
      return posted.length === 2;
    });
    await stop();
    await stopCollector();

    expect(posted.map(({ spans }) => spans).slice(0, 2)).toEqual([['span 1'], ['span 2']]);
  });

  it.each([
    ['HTTP 400', { status: 400, body: 'no' }],
    ['HTTP 404', { status: 404 }],
    ['HTTP 307', { status: 307, headers: { location: '/elsewhere' } }],
    ['a partial success', { status: 200, body: '{"partialSuccess":{"rejectedSpans":"2","errorMessage":"no"}}' }],
  ])('does not repeat what is refused by %s, and goes on', async (reason, refusal) => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector([refusal, refusal]);
    const { record, said, stop } = exportTo(endpoint);

    for (const number of [1, 3, 5]) {
      const before = posted.length;
      record(number, number + 1);
      await until(() => posted.length > before);
    }
    await stop();
    await stopCollector();

    expect(posted.map(({ spans }) => spans[0])).toEqual(['span 1', 'span 3', 'span 5']);
    expect(said).toEqual([
      `${collector} refuses spans (${reason}). They are left out.`,
      `${collector} has not got 4 spans.`,
    ]);
  });

  it('goes on after a span that cannot be written', async () => {
    const { posted, endpoint, stop: stopCollector } = await startFakeCollector();
    const { record, said, stop } = exportTo(endpoint);

    record(1, 1, { start: Number.NaN });
    await until(() => said.length > 0);
    record(2);
    await stop();
    await stopCollector();

    expect(posted.map(({ spans }) => spans)).toEqual([['span 2']]);
    expect(said.at(-1)).toBe(`${collector} has not got 1 span.`);
  });
});
