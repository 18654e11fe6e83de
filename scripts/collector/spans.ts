import type { Span } from '@app/local-cloud/src/recorder/span.ts';

const traceId = '68d6a1f00123456789abcdef01234567';
const start = 1_800_000_000_000.125;
const common = { traceId, start, status: 'unset', attributes: {} } as const;

/** Spans of three services: every kind, and one with every member and every kind of attribute. */
export const spans: readonly Span[] = [
  {
    ...common,
    spanId: '00000000000000a1',
    name: 'PUT /notes/{id}',
    kind: 'server',
    duration: 12.345,
    service: 'notes',
    attributes: {
      text: 'grüße 🙂',
      empty: '',
      integer: 200,
      largest: Number.MAX_SAFE_INTEGER,
      negative: -1,
      fraction: 0.1,
      huge: 1e21,
      yes: true,
      no: false,
      list: ['a', ''],
      missing: undefined,
    },
    events: [
      { time: start + 1.001, name: 'log', attributes: { level: 'INFO', line: 3 } },
      { time: start + 2, name: 'log', attributes: {} },
    ],
    links: [
      { traceId, spanId: '00000000000000b1' },
      { traceId: 'f'.repeat(32), spanId: 'f'.repeat(16) },
    ],
  },
  {
    ...common,
    spanId: '00000000000000a2',
    parentSpanId: '00000000000000a1',
    name: 'DynamoDB.PutItem',
    kind: 'client',
    duration: 0,
    status: 'error',
    statusMessage: 'The conditional request failed.',
    service: 'notes',
  },
  { ...common, spanId: '00000000000000a3', name: 'PutItem', kind: 'server', duration: 1, service: 'DynamoDB' },
  { ...common, spanId: '00000000000000a4', name: 'send', kind: 'producer', duration: 1e-3, service: 'notes' },
  { ...common, spanId: '00000000000000a5', name: 'process', kind: 'consumer', duration: 1e6, service: 'worker' },
  { ...common, spanId: '00000000000000a6', name: 'load', kind: 'internal', duration: 0.5, service: 'worker' },
];
