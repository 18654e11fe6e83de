import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  fromTraceparent,
  fromXRay,
  newSpanId,
  newTraceId,
  type TraceContext,
  toXRay,
} from '../../../src/tracing/context.ts';

const traceId = '68d6a1f00123456789abcdef01234567';
const spanId = '00f067aa0ba902b7';
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const contexts: fc.Arbitrary<TraceContext> = fc.record({ traceId: hex(32), spanId: hex(16) });

describe('a new id', () => {
  it('of a span has 16 hexadecimal digits, and is never given twice', () => {
    const ids = Array.from({ length: 10_000 }, newSpanId);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[\da-f]{16}$/.test(id) || /^0+$/.test(id))).toEqual([]);
  });

  it('of a trace has 32 hexadecimal digits, and is never given twice', () => {
    const ids = Array.from({ length: 10_000 }, newTraceId);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[\da-f]{32}$/.test(id))).toEqual([]);
  });

  it('of a trace begins with the second it was made in, as X-Ray’s do', () => {
    const before = Math.floor(Date.now() / 1000);

    const seconds = Number.parseInt(newTraceId().slice(0, 8), 16);

    expect(seconds).toBeGreaterThanOrEqual(before);
    expect(seconds).toBeLessThanOrEqual(Date.now() / 1000);
  });
});

describe('an X-Ray header', () => {
  it('has the trace id with dashes, the parent, and that it is sampled', () => {
    expect(toXRay({ traceId, spanId })).toBe(
      'Root=1-68d6a1f0-0123456789abcdef01234567;Parent=00f067aa0ba902b7;Sampled=1',
    );
  });

  it('is read as it was written, whatever the ids', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        expect(fromXRay(toXRay(context))).toEqual(context);
      }),
    );
  });

  it.each([
    ['other members in between', `Root=1-68d6a1f0-${traceId.slice(8)};Lineage=1:a:0;Parent=${spanId}`],
    ['a load balancer’s own id in front', `Self=1-1-1;Root=1-68d6a1f0-${traceId.slice(8)};Parent=${spanId};Sampled=0`],
  ])('is read with %s', (_what, header) => {
    expect(fromXRay(header)).toEqual({ traceId, spanId });
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['without a parent', `Root=1-68d6a1f0-${traceId.slice(8)};Sampled=1`],
    ['without a root', `Parent=${spanId}`],
    ['with a root that is too short', `Root=1-68d6a1f0-${traceId.slice(9)};Parent=${spanId}`],
    ['with a parent that is too short', `Root=1-68d6a1f0-${traceId.slice(8)};Parent=${spanId.slice(1)}`],
    ['of another version', `Root=2-68d6a1f0-${traceId.slice(8)};Parent=${spanId}`],
  ])('names nothing that is %s', (_what, header) => {
    expect(fromXRay(header)).toBeUndefined();
  });
});

describe('a traceparent', () => {
  it('is read, sampled or not', () => {
    expect(fromTraceparent(`00-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId });
    expect(fromTraceparent(`00-${traceId}-${spanId}-00`)).toEqual({ traceId, spanId });
    expect(fromTraceparent([`00-${traceId}-${spanId}-01`])).toEqual({ traceId, spanId });
  });

  it.each<[string, string | string[] | undefined]>([
    ['is missing', undefined],
    ['has a trace id of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['has a span id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['is in upper case', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['has the version ff', `ff-${traceId}-${spanId}-01`],
    ['has something behind it', `00-${traceId}-${spanId}-01-00`],
    ['has no flags', `00-${traceId}-${spanId}`],
    ['was sent twice', [`00-${traceId}-${spanId}-01`, `00-${traceId}-${spanId}-01`]],
  ])('names nothing that %s', (_what, header) => {
    expect(fromTraceparent(header)).toBeUndefined();
  });

  it('never makes more of a header than it says', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(fromTraceparent(header)).toBeUndefined();
        expect(fromXRay(header)).toBeUndefined();
      }),
    );
  });
});
