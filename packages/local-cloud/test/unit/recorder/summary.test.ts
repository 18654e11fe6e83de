import { describe, expect, it } from '@jest/globals';
import type { Span } from '../../../src/recorder/span.ts';
import { summaryOf, withSpan } from '../../../src/recorder/summary.ts';
import { numberedSpan, traceId } from './spans.ts';

const summaryFor = (first: Span, ...others: readonly Span[]) =>
  [first, ...others].reduce((summary, span) => withSpan(summary, span), summaryOf(first));

const call = numberedSpan(1, {
  name: 'DynamoDB.PutItem',
  kind: 'client',
  start: 1020,
  duration: 5,
  service: 'items',
  attributes: { 'rpc.method': 'PutItem', 'http.response.status_code': 200 },
});
const invocation = numberedSpan(2, {
  name: 'items:createItem',
  kind: 'server',
  parentSpanId: '03',
  start: 1010,
  duration: 20,
  service: 'items',
  attributes: { 'faas.invocation_id': 'invocation 1' },
});
const request = numberedSpan(3, {
  name: 'POST /items',
  kind: 'server',
  start: 1000,
  duration: 40,
  service: 'items',
  attributes: { 'http.route': '/items', 'http.response.status_code': 201, 'local.request_id': 'request 1' },
});
const consumer = numberedSpan(4, {
  name: 'search:indexer',
  kind: 'consumer',
  parentSpanId: '01',
  start: 1100,
  duration: 10,
  service: 'search',
  status: 'error',
  attributes: { 'faas.invocation_id': 'invocation 2', 'messaging.message.id': 'message 1' },
});

describe('a trace in a line', () => {
  it('tells of the span that it begins with, which ends last', () => {
    expect(summaryFor(call, invocation, request)).toEqual({
      traceId,
      start: 1000,
      end: 1040,
      name: 'POST /items',
      kind: 'server',
      service: 'items',
      status: 201,
      duration: 40,
      failed: false,
      requestId: 'request 1',
      spans: 3,
      services: ['items'],
      operations: ['PutItem', '/items'],
      functions: ['items:createItem'],
      ids: ['invocation 1', 'request 1'],
    });
  });

  it('goes on with what it has set off, and still tells of the request', () => {
    expect(summaryFor(call, invocation, request, consumer)).toMatchObject({
      name: 'POST /items',
      duration: 40,
      end: 1110,
      spans: 4,
      services: ['items', 'search'],
      functions: ['items:createItem', 'search:indexer'],
      ids: ['invocation 1', 'request 1', 'invocation 2', 'message 1'],
    });
  });

  it('ends with the last of its spans, in whatever order they come', () => {
    expect(summaryFor(consumer, request).end).toBe(1110);
  });

  it('has failed when one of its spans has, and stays so', () => {
    expect(summaryFor(request, consumer).failed).toBe(true);
    expect(summaryFor(consumer, request).failed).toBe(true);
    expect(summaryFor(call, request).failed).toBe(false);
  });

  it('names nothing twice', () => {
    const { services, operations, functions, ids } = summaryFor(call, call, invocation, invocation);

    expect({ services, operations, functions, ids }).toEqual({
      services: ['items'],
      operations: ['PutItem'],
      functions: ['items:createItem'],
      ids: ['invocation 1'],
    });
  });

  it('does not grow without end', () => {
    const many = Array.from({ length: 1000 }, (_, number) =>
      numberedSpan(number, { service: `service ${number}`, attributes: { 'rpc.method': `Operation${number}` } }),
    );

    const { spans, services, operations } = summaryFor(request, ...many);

    expect(spans).toBe(1001);
    expect(services.length).toBeLessThanOrEqual(210);
    expect(operations.length).toBeLessThanOrEqual(210);
  });
});
