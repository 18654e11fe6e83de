import type { Span } from '../../../src/recorder/span.ts';

export const traceId = '68d6a1f00123456789abcdef01234567';

/** A span that ended; its `spanId` tells the number. */
export const numberedSpan = (number: number, changes: Partial<Span> = {}): Span => ({
  traceId,
  spanId: number.toString(16).padStart(16, '0'),
  name: `span ${number}`,
  kind: 'internal',
  start: 1_800_000_000_000.1248, // the next microsecond is .125
  duration: 2.5,
  status: 'unset',
  service: 'notes',
  attributes: {},
  ...changes,
});

/** A span with every member and every kind of attribute. */
export const fullSpan: Span = numberedSpan(1, {
  parentSpanId: '00000000000000ff',
  links: [{ traceId, spanId: '00000000000000aa' }],
  kind: 'consumer',
  status: 'error',
  statusMessage: 'The function has thrown.',
  attributes: {
    text: 'grüße 🙂',
    integer: 200,
    negative: -9_007_199_254_740_991,
    fraction: 0.1,
    huge: 1e21,
    yes: true,
    no: false,
    list: ['a', ''],
    none: [],
    missing: undefined,
  },
  events: [{ time: 1_800_000_000_001.5, name: 'log', attributes: { level: 'INFO', line: 3 } }],
});
