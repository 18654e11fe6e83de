import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createRing, type RingLimits, ringLimits } from '../../../src/recorder/ring.ts';
import type { Span } from '../../../src/recorder/span.ts';
import { numberedSpan } from './spans.ts';

const roomy: RingLimits = { traces: 100, bytes: 10_000_000, spansPerTrace: 100 };
const overhead = 1200; // bytes of a trace besides its spans

/** A ring that spans are added to by the number of their trace. */
const ringOf = (limits: Partial<RingLimits> = {}) => {
  const ring = createRing({ ...roomy, ...limits });
  let number = 0;
  const add = (trace: number, changes: Partial<Span> = {}) => {
    number += 1;
    const span = numberedSpan(number, { traceId: `trace ${trace}`, ...changes });
    ring.add(span, JSON.stringify(span));
    return span;
  };
  return { ring, add };
};
const requestId = (id: string): Partial<Span> => ({ attributes: { 'local.request_id': id } });

describe('the ring', () => {
  it('holds 10,000 traces and 60 MB at most', () => {
    expect(ringLimits.traces).toBe(10_000);
    expect(ringLimits.bytes).toBeLessThanOrEqual(60 * 1024 * 1024);
  });

  it('holds the spans of a trace as they were written, in the order in which they came', () => {
    const { ring, add } = ringOf();
    const spans = [add(1), add(2), add(1)];

    expect(ring.find('trace 1')?.spans.map((text) => JSON.parse(text) as Span)).toEqual([spans[0], spans[2]]);
    expect(ring.find('trace 1')?.summary.spans).toBe(2);
  });

  it('lists traces from the newest to the oldest', () => {
    const { ring, add } = ringOf();
    for (const trace of [1, 2, 3, 1]) add(trace);

    expect(ring.newestFirst().map(({ summary }) => summary.traceId)).toEqual(['trace 3', 'trace 2', 'trace 1']);
  });

  it('lets the oldest trace go when there is one too many', () => {
    const { ring, add } = ringOf({ traces: 2 });
    for (const trace of [1, 2, 3]) add(trace);

    expect(ring.find('trace 1')).toBeUndefined();
    expect(ring.size().traces).toBe(2);
  });

  it('lets the oldest traces go when they take too much', () => {
    const { ring, add } = ringOf({ bytes: 10 * overhead });
    for (const trace of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) add(trace);

    expect(ring.find('trace 1')).toBeUndefined();
    expect(ring.find('trace 10')).toBeDefined();
    expect(ring.size().bytes).toBeLessThanOrEqual(10 * overhead);
  });

  it('counts two bytes for each character of a text that is not Latin', () => {
    const [latin, other] = ['ü', '語'].map((letter) => {
      const { ring, add } = ringOf();
      add(1, { name: letter.repeat(1000), attributes: {} });
      return ring.size().bytes - overhead;
    });

    expect(other).toBe(2 * (latin ?? 0));
  });

  it.each<[string, Span['attributes']]>([
    ['a request', { 'local.request_id': 'the id' }],
    ['an invocation', { 'faas.invocation_id': 'the id' }],
    ['a message', { 'messaging.message.id': 'the id' }],
    ['a connection', { 'local.connection_id': 'the id' }],
  ])('finds a trace by the id of %s in it', (_what, attributes) => {
    const { ring, add } = ringOf();
    add(1);
    add(1, { attributes });
    add(2);

    expect(ring.find('the id')?.summary.traceId).toBe('trace 1');
  });

  it('finds nothing by an id of what has gone', () => {
    const { ring, add } = ringOf({ traces: 1 });
    add(1, requestId('first'));
    add(2, requestId('second'));

    expect(ring.find('first')).toBeUndefined();
    expect(ring.find('second')?.summary.traceId).toBe('trace 2');
  });

  it('still finds the newer of two traces with one id when the older has gone', () => {
    const { ring, add } = ringOf({ traces: 2 });
    for (const trace of [1, 2]) add(trace, requestId('same'));
    add(3);

    expect(ring.find('same')?.summary.traceId).toBe('trace 2');
  });

  it('holds so many spans of one trace, and counts the others', () => {
    const { ring, add } = ringOf({ spansPerTrace: 3 });
    for (let span = 0; span < 5; span += 1) add(1);

    expect(ring.find('trace 1')?.spans).toHaveLength(3);
    expect(ring.find('trace 1')?.dropped).toBe(2);
  });

  it('does not let one trace take the room of all others', () => {
    const { ring, add } = ringOf({ bytes: 100_000 });
    add(1);
    for (let span = 0; span < 100; span += 1) add(2, { name: 'n'.repeat(2000) });

    expect(ring.find('trace 1')).toBeDefined();
    expect(ring.find('trace 2')?.dropped).toBeGreaterThan(0);
  });

  it('does not hold a span that is larger than all that it may hold', () => {
    const { ring, add } = ringOf({ bytes: 100_000 });
    add(1);
    add(2, { name: 'n'.repeat(200_000) });

    expect(ring.size().bytes).toBeLessThanOrEqual(100_000);
    expect(ring.find('trace 1')).toBeDefined();
  });
});

describe('the ring, whatever comes,', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', '');
  const comings = fc.array(
    fc.record({ trace: fc.integer({ min: 0, max: 12 }), id: ids, size: fc.integer({ min: 0, max: 2000 }) }),
    { maxLength: 120 },
  );
  const limits = fc.record({
    traces: fc.integer({ min: 1, max: 8 }),
    bytes: fc.integer({ min: 20_000, max: 60_000 }),
    spansPerTrace: fc.integer({ min: 1, max: 8 }),
  });

  it('keeps to its limits', () => {
    fc.assert(
      fc.property(comings, limits, (all, most) => {
        const { ring, add } = ringOf(most);

        for (const { trace, id, size } of all) {
          add(trace, { name: 'n'.repeat(size), ...requestId(id) });

          expect(ring.size().traces).toBeLessThanOrEqual(most.traces);
          expect(ring.size().bytes).toBeLessThanOrEqual(most.bytes);
          for (const { spans } of ring.newestFirst()) expect(spans.length).toBeLessThanOrEqual(most.spansPerTrace);
        }
      }),
    );
  });

  it('counts the bytes of what it holds, no more and no less', () => {
    fc.assert(
      fc.property(comings, limits, (all, most) => {
        const { ring, add } = ringOf(most);
        for (const { trace, id, size } of all) add(trace, { name: 'n'.repeat(size), ...requestId(id) });

        const held = ring.newestFirst().map(({ spans }) => overhead + spans.join('').length);
        expect(ring.size().bytes).toBe(held.reduce((sum, each) => sum + each, 0));
      }),
    );
  });

  it('finds by an id only what it holds, with that id', () => {
    fc.assert(
      fc.property(comings, limits, (all, most) => {
        const { ring, add } = ringOf(most);

        for (const { trace, id } of all) {
          add(trace, requestId(id));

          for (const wanted of ['a', 'b', 'c', 'd', '__proto__']) {
            const found = ring.find(wanted);
            if (!found) continue;
            expect(ring.newestFirst()).toContain(found);
            expect(found.summary.ids).toContain(wanted);
          }
        }
      }),
    );
  });

  it('finds the newest trace by each of its ids', () => {
    fc.assert(
      fc.property(comings, ids, (all, id) => {
        const { ring, add } = ringOf();
        for (const each of all) add(each.trace, requestId(each.id));
        add(99, requestId(`${id}!`));

        expect(ring.find(`${id}!`)?.summary.traceId).toBe('trace 99');
        expect(ring.find('trace 99')).toBe(ring.newestFirst()[0]);
      }),
    );
  });

  it('keeps to its limits when these are smaller than a trace', () => {
    const { ring, add } = ringOf({ traces: 2, bytes: 4000 });
    for (const trace of [1, 2, 3, 4, 5, 6]) add(trace);

    expect(ring.size().traces).toBeLessThanOrEqual(2);
    expect(ring.size().bytes).toBeLessThanOrEqual(4000);
  });
});
