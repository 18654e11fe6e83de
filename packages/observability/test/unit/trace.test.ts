import { describe, expect, it } from '@jest/globals';
import { startTrace, traceIdOf } from '../../src/index.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const given = `00-${traceId}-b7ad6b7169203331-01`;

describe('a trace', () => {
  it('goes on from the caller’s, under a span of its own', () => {
    const trace = startTrace(given);

    expect(traceIdOf(trace)).toBe(traceId);
    expect(trace.traceparent).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-01$`));
    expect(trace.traceparent).not.toBe(given);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    given.toUpperCase(),
    `01-${traceId}-b7ad6b7169203331-01`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `${given}-more`,
  ])('begins anew where there is none that can be read (%s)', (traceparent) => {
    const trace = startTrace(traceparent);

    expect(trace.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
    expect(traceIdOf(trace)).not.toBe(traceId);
  });

  it('is the invocation’s where the caller names none', () => {
    process.env['_X_AMZN_TRACE_ID'] = 'Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=53995c3f42cd8ad8;Sampled=1';
    try {
      expect(traceIdOf(startTrace(undefined))).toBe(traceId);
      expect(traceIdOf(startTrace(`00-${'a'.repeat(32)}-b7ad6b7169203331-01`))).toBe('a'.repeat(32));
    } finally {
      delete process.env['_X_AMZN_TRACE_ID'];
    }
  });

  it('has an id of its own, unless it follows a request that has one', () => {
    expect(startTrace(given).requestId).not.toBe(startTrace(given).requestId);
    expect(startTrace(given, 'r').requestId).toBe('r');
  });
});
