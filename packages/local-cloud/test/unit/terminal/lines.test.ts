import { plain } from '@app/command-line/colour';
import { describe, expect, it } from '@jest/globals';
import type { Span } from '../../../src/recorder/span.ts';
import { lineOf, markOf } from '../../../src/terminal/lines.ts';
import { numberedSpan } from '../recorder/spans.ts';

const start = new Date(2027, 0, 2, 3, 4, 5, 60).getTime();
const lineFor = (changes: Partial<Span>) =>
  lineOf(numberedSpan(1, { start, duration: 2.54, service: 'items', ...changes }), plain)?.replaceAll(/ {2,}/g, ' | ');

describe('a span as a line', () => {
  it('of a request has the time of its end, the service, the path, the status, the milliseconds and the request id', () => {
    const attributes = {
      'http.request.method': 'POST',
      'url.path': '/items/7',
      'url.query': 'a=1&token=***',
      'http.response.status_code': 201,
      'local.request_id': 'request 1',
    };

    expect(lineFor({ name: 'POST /items/{id}', kind: 'server', attributes })).toBe(
      '03:04:05.062 | items | POST /items/7?a=1&token=*** | 201 | 2.5 ms | request 1',
    );
  });

  it('of an invocation by a queue names the function, the queue and how it ended', () => {
    const attributes = {
      'faas.invocation_id': 'invocation 1',
      'faas.trigger': 'pubsub',
      'local.source': 'writes.fifo',
    };

    expect(lineFor({ name: 'items:writer', attributes, duration: 120.4 })).toBe(
      '03:04:05.180 | items | writer < writes.fifo | ok | 120 ms | invocation 1',
    );
    expect(
      lineFor({ name: 'items:writer', status: 'error', attributes: { ...attributes, 'error.type': 'TypeError' } }),
    ).toContain('| TypeError |');
  });

  it('of a timer names the trigger, where there is no more to name', () => {
    const attributes = { 'faas.invocation_id': 'invocation 1', 'faas.trigger': 'timer' };

    expect(lineFor({ name: 'items:sweeper', attributes })).toContain('sweeper < timer');
  });

  it('of a WebSocket message has its route', () => {
    const attributes = { 'http.route': '$connect', 'http.response.status_code': 200 };

    expect(lineFor({ name: 'WebSocket $connect', kind: 'server', attributes })).toContain('WebSocket $connect | 200');
  });

  it('of what is sent to a socket has its connection', () => {
    const attributes = {
      'rpc.system': 'aws-api',
      'rpc.service': 'ApiGatewayManagementApi',
      'rpc.method': 'PostToConnection',
      'local.connection_id': 'abc=',
      'http.response.status_code': 410,
    };

    expect(lineFor({ attributes })).toContain('> socket abc= | 410');
  });

  it.each([
    ['a call', { 'rpc.system': 'aws-api', 'rpc.service': 'DynamoDB', 'rpc.method': 'PutItem' }],
    ['an invocation behind a request', { 'faas.invocation_id': 'invocation 1', 'faas.trigger': 'http' }],
  ])('is none, of %s', (_what, attributes) => {
    expect(lineFor({ attributes })).toBeUndefined();
  });

  it('is cut where what happened is long', () => {
    const line = lineFor({ attributes: { 'http.request.method': 'GET', 'url.path': `/${'a'.repeat(200)}` } });

    expect(line).toContain('a… |');
    expect(line?.length).toBeLessThan(100);
  });
});

describe('what is set in front of what a function printed', () => {
  it('names the function', () => {
    expect(markOf('items', 'createItem', plain)).toBe('items:createItem |');
  });
});
