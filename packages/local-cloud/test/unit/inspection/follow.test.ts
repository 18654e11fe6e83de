import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { letPass, settled } from '@app/test-support/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Span } from '../../../src/recorder/span.ts';
import { numberedSpan } from '../recorder/spans.ts';
import { startInspection, type TestInspection } from './server.ts';

let inspection: TestInspection;
beforeEach(async () => {
  inspection = await startInspection();
});
afterEach(() => inspection.stop());

interface Event {
  readonly id: number;
  readonly span: Span;
}

const eventOf = (block: string): Event | undefined => {
  const [, id] = /^id: (\d+)$/m.exec(block) ?? [];
  const [, data] = /^data: (.*)$/m.exec(block) ?? [];
  return id === undefined || data === undefined ? undefined : { id: Number(id), span: JSON.parse(data) as Span };
};

/** A follower: what it has received so far, block by block. */
const following = async (query = '', lastEventId?: number) => {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) };
  const asked = get({
    port: inspection.port,
    host: '127.0.0.1',
    path: `/_local/events${query}`,
    headers,
    agent: false,
  });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  response.on('error', () => {});
  asked.on('error', () => {});
  const blocks = () => text.split('\n\n').slice(0, -1);
  const events = () => blocks().flatMap((block) => eventOf(block) ?? []);
  const stop = async () => {
    response.destroy();
    await once(response, 'close').catch(() => {});
  };
  /** Waits for so many events, and a moment longer for one too many. */
  const received = async (count: number, most = 5000) => {
    await settled(events, ({ length }) => length >= count, { within: most, every: 2 });
    await letPass(10, 'one too many would come now');
    return events();
  };
  return { response, blocks, events, received, stop };
};

const record = (number: number, changes: Partial<Span> = {}) => {
  const span = numberedSpan(number, { traceId: number.toString(16).padStart(32, '0'), ...changes });
  inspection.recorder.record(span);
  return span;
};
const idsOf = (events: readonly Event[]) => events.map(({ id }) => id);

describe('GET /_local/events', () => {
  it('sends each span as it ends, with its place', async () => {
    const { response, received, stop } = await following();
    const spans = [record(1), record(2)];

    const events = await received(2);
    await stop();

    expect(response.headers['content-type']).toBe('text/event-stream');
    expect(events).toEqual([
      { id: 1, span: spans[0] },
      { id: 2, span: spans[1] },
    ]);
  });

  it('sends nothing of what was before, without Last-Event-ID', async () => {
    record(1);
    const { received, stop } = await following();
    record(2);

    const events = await received(1);
    await stop();

    expect(idsOf(events)).toEqual([2]);
  });

  it('goes on behind Last-Event-ID', async () => {
    for (const number of [1, 2, 3]) record(number);
    const { received, stop } = await following('', 1);
    record(4);

    const events = await received(3);
    await stop();

    expect(idsOf(events)).toEqual([2, 3, 4]);
  });

  it('gives a follower a place to go on from before any span has come', async () => {
    for (const number of [1, 2]) record(number);
    const { blocks, received, stop } = await following();
    await received(0);
    await stop();

    expect(blocks()[0]).toContain('id: 2');
  });

  it('never names a place that is further than what it has sent', async () => {
    for (const number of [1, 2, 3]) record(number);
    const { blocks, received, stop } = await following('', 1);
    await received(2);
    await stop();

    const ids = blocks().flatMap((block) => /^id: (\d+)$/m.exec(block)?.slice(1).map(Number) ?? []);
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
  });

  it('loses nothing and repeats nothing, however often a follower comes back', async () => {
    const steps = fc.array(fc.record({ before: fc.nat({ max: 4 }), during: fc.nat({ max: 4 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const start = inspection.recorder.place();
        let last = start;
        const heard: number[] = [];
        for (const { before, during } of all) {
          for (let count = 0; count < before; count += 1) record(inspection.recorder.place() + 1);
          const { received, stop } = await following('', last);
          for (let count = 0; count < during; count += 1) record(inspection.recorder.place() + 1);
          const ids = idsOf(await received(inspection.recorder.place() - last));
          await stop();
          heard.push(...ids);
          last = ids.at(-1) ?? last;
        }

        expect(heard).toEqual(Array.from({ length: last - start }, (_, index) => start + index + 1));
        expect(last).toBe(inspection.recorder.place());
      }),
      { numRuns: 20 },
    );
  });

  it('goes on for a follower who was away while more came than is sent at once', async () => {
    for (let number = 1; number <= 500; number += 1) record(number, { statusMessage: 'm'.repeat(10_000) });
    let last = 0;

    for (let attempt = 0; attempt < 20 && last < 500; attempt += 1) {
      const follower = await following('', last).catch(() => undefined);
      const events = (await follower?.received(500, 500)) ?? [];
      last = events.at(-1)?.id ?? last;
      await follower?.stop();
    }

    expect(last).toBe(500);
  });

  it('goes on for a follower of a local cloud that was started again in between', async () => {
    for (const number of [1, 2]) record(number);
    const { received, stop } = await following('', 900);

    const events = await received(2, 500);
    await stop();

    expect(idsOf(events)).toEqual([1, 2]);
  });

  it('sends what a filter lets through', async () => {
    const { received, stop } = await following('?service=items&text=CAT');
    record(1, { service: 'tool', name: 'cat' });
    record(2, { service: 'items', name: 'dog' });
    record(3, { service: 'items', name: 'cat' });

    const events = await received(1);
    await stop();

    expect(idsOf(events)).toEqual([3]);
  });

  it('refuses an unknown filter', async () => {
    const { status, body } = await inspection.ask('events?colour=red');

    expect(status).toBe(400);
    expect(body).toMatchObject({ detail: expect.stringContaining('there are service, operation') });
  });

  it('hangs up on a follower who does not read, and tells nobody who has gone', async () => {
    const asked = get({ port: inspection.port, host: '127.0.0.1', path: '/_local/events', agent: false });
    asked.on('error', () => {});
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.on('error', () => {}).pause();

    for (let number = 1; number <= 3000 && !response.destroyed; number += 1) {
      record(number, { traceId: 'a'.repeat(31) + (number % 10), statusMessage: 'm'.repeat(10_000) });
      if (number % 100 === 0) await letPass(1, 'the follower reads');
    }
    response.resume();
    await new Promise<void>((resolve) => (response.closed ? resolve() : response.once('close', () => resolve())));

    expect(response.complete).toBe(false);
  });
});
