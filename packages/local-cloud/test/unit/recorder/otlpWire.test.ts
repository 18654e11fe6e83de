import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { toExportRequest } from '../../../src/recorder/otlp.ts';
import type { Span } from '../../../src/recorder/span.ts';
import { decode, encode } from './otlpSchema.ts';
import { fullSpan, numberedSpan } from './spans.ts';

const word = fc.string({ unit: 'binary' });
const id = (digits: number) => {
  const length = digits / 2;
  return fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('hex'));
};
const context = fc.record({ traceId: id(32), spanId: id(16) });
const value = fc.oneof(word, fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.array(word), fc.constant(undefined));
const attributes = fc.dictionary(word, value);
const time = fc.double({ min: 0, max: 4e12, noNaN: true });
const arbitrarySpan: fc.Arbitrary<Span> = fc.record({
  traceId: id(32),
  spanId: id(16),
  parentSpanId: fc.option(id(16), { nil: undefined }),
  links: fc.array(context),
  name: word,
  kind: fc.constantFrom('internal', 'server', 'client', 'producer', 'consumer'),
  start: time,
  duration: fc.double({ min: 0, max: 1e6, noNaN: true }),
  status: fc.constantFrom('unset', 'error'),
  statusMessage: fc.option(word, { nil: undefined }),
  service: fc.constantFrom('notes', 'tasks', 'DynamoDB'),
  attributes,
  events: fc.array(fc.record({ time, name: word, attributes })),
});

describe('toExportRequest', () => {
  it('has times exact to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000_000 }), (microseconds) => {
        const json = JSON.stringify(toExportRequest([numberedSpan(1, { start: microseconds / 1000, duration: 0 })]));
        expect(json).toContain(`TimeUnixNano":"${BigInt(microseconds) * 1000n}","end`);
      }),
    );
  });

  it('is the same after a way over the wire by OTLP’s schema', () => {
    fc.assert(
      fc.property(fc.array(arbitrarySpan, { maxLength: 3 }), (spans) => {
        const json = JSON.stringify(toExportRequest([fullSpan, ...spans]));
        expect(decode(encode(json))).toMatchObject(JSON.parse(json) as object);
      }),
      { numRuns: 50 },
    );
  });
});
