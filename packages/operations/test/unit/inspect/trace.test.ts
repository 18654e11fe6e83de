import { describe, expect, it } from '@jest/globals';
import { renderTrace } from '../../../src/inspect/traces/renderTrace.ts';
import { callOf, paper, spanOf, summaryOf } from '../../support/spans.ts';

type Spans = Parameters<typeof renderTrace>[0]['spans'];

/** Below the two lines at the top. */
const linesOf = (spans: Spans, { dropped = 0, screen = paper } = {}) =>
  renderTrace({ summary: summaryOf({ start: 1000, end: 1500, spans: spans.length }), dropped, spans }, screen)
    .split('\n')
    .slice(2);
/** Without the times before them. */
const namesOf = (spans: Spans) => linesOf(spans).map((line) => line.slice(22));
const logged = (line: string) => ({ time: 1001, name: 'log', attributes: { 'log.record.original': line } });

describe('a trace', () => {
  it('has each span below its parent, in the order in which they began, and not in that in which they ended', () => {
    const spans = [
      spanOf({ spanId: 'c2', parentSpanId: 'b', name: 'second', start: 1030 }),
      spanOf({ spanId: 'c1', parentSpanId: 'b', name: 'first', start: 1020 }),
      spanOf({ spanId: 'd', parentSpanId: 'c1', name: 'caused by first', start: 1040 }),
      spanOf({ spanId: 'b', parentSpanId: 'a', name: 'invocation', start: 1010 }),
      spanOf({ spanId: 'a', name: 'request' }),
    ];

    const names = namesOf(spans);

    expect(names).toEqual(['request', '  invocation', '    first', '      caused by first', '    second']);
  });

  it('has spans whose parent is elsewhere at the top', () => {
    const spans = [spanOf({ spanId: 'a', parentSpanId: 'of the caller', name: 'request' })];

    expect(namesOf(spans)).toEqual(['request']);
  });

  it('says when a span began and how long it took', () => {
    const [line] = linesOf([spanOf({ start: 1012.34, duration: 3.21 })]);

    expect(line).toBe('        12       3.2  GET /notes');
  });

  it('says what a call was about, what it consumed, and which attempt it was', () => {
    const attributes = {
      'http.response.status_code': 200,
      'aws.dynamodb.table_names': ['items-dev', 'items-requests-dev'],
      'aws.dynamodb.consumed_capacity': 6,
      'http.request.resend_count': 2,
      'local.attempts_at_most': 4,
    };

    expect(namesOf([callOf(attributes)])).toEqual([
      'DynamoDB.PutItem  200  items-dev, items-requests-dev  6 capacity units  attempt 3 of 4',
    ]);
  });

  it('says nothing of a first attempt, and capacity in the singular', () => {
    const attributes = { 'http.request.resend_count': 0, 'aws.dynamodb.consumed_capacity': 1 };

    expect(namesOf([callOf(attributes)])).toEqual(['DynamoDB.PutItem  1 capacity unit']);
  });

  it.each([
    ['a queue', { 'messaging.destination.name': 'items-writes-dev.fifo' }, 'items-writes-dev.fifo'],
    ['a bucket and a key', { 'aws.s3.bucket': 'assets-dev', 'aws.s3.key': 'a/b.png' }, 'assets-dev/a/b.png'],
    ['a connection', { 'local.connection_id': 'L0SM9cOFvHcCIhw=' }, 'L0SM9cOFvHcCIhw='],
    ['a message’s queue', { 'faas.trigger': 'pubsub', 'local.source': 'writes' }, 'from writes'],
    ['a cold start', { 'faas.trigger': 'http', 'local.source': 'POST /items', 'faas.coldstart': true }, 'cold start'],
  ])('names %s', (_what, attributes, words) => {
    expect(namesOf([spanOf({ name: 'span', attributes })])).toEqual([`span  ${words}`]);
  });

  it('has the error of what failed', () => {
    const refused = { 'http.response.status_code': 400, 'error.type': 'AccessDeniedException' };
    const spans = [
      callOf(refused, { status: 'error', statusMessage: 'AccessDeniedException' }),
      spanOf({ name: 'it', status: 'error', statusMessage: 'no order', attributes: { 'error.type': 'RangeError' } }),
    ];

    expect(namesOf(spans)).toEqual(['DynamoDB.PutItem  400  AccessDeniedException', 'it  error  RangeError: no order']);
  });

  it('has the lines that an invocation printed, and its stack, below it and before its calls', () => {
    const events = [logged('{"level":"INFO","message":"stored","itemId":"7"}'), logged('plain  text')];
    const attributes = { 'exception.stacktrace': 'Error: no order\n    at takeOrder' };
    const spans = [
      spanOf({ spanId: 'b', name: 'invocation', events, attributes }),
      callOf({}, { spanId: 'c', parentSpanId: 'b', start: 1001 }),
    ];

    expect(namesOf(spans)).toEqual([
      'invocation',
      '  | Error: no order',
      '  |     at takeOrder',
      '  | INFO stored itemId=7',
      '  | plain  text',
      '  DynamoDB.PutItem',
    ]);
  });

  it('has links, by name where their span is in the same trace', () => {
    const sent = spanOf({ spanId: 'a', name: 'SQS.SendMessage' });
    const links = [
      { traceId: sent.traceId, spanId: 'a' },
      { traceId: 'another', spanId: 'x' },
    ];
    const spans = [sent, spanOf({ spanId: 'b', name: 'writer', start: 1001, links })];

    expect(namesOf(spans)).toEqual([
      'SQS.SendMessage',
      'writer',
      '  also from SQS.SendMessage a',
      '  also from trace another, span x',
    ]);
  });

  it('says how many spans were dropped', () => {
    expect(linesOf([spanOf()], { dropped: 12 }).at(-1)).toMatch(/^12 more spans .* dropped/);
    expect(linesOf([spanOf()])).toHaveLength(1);
  });

  it('leaves a terminal’s colours and cursor alone', () => {
    expect(namesOf([spanOf({ name: 'GET /\u001B[2J' })])).toEqual(['GET /\u{FFFD}[2J']);
  });
});
