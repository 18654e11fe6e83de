import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { startRequestSpan } from '../../../src/apigateway/http/requestSpan.ts';
import { createRecorder } from '../../../src/recorder/recorder.ts';
import type { Span } from '../../../src/recorder/span.ts';

const parent = { traceId: '68d6a1f00123456789abcdef01234567', spanId: '00f067aa0ba902b7' };

const requestOf = (headers: Record<string, string>) =>
  ({
    method: 'POST',
    httpVersion: '1.1',
    headers: { host: '127.0.0.1:3000', ...headers },
    socket: { remoteAddress: '127.0.0.1' },
  }) as unknown as IncomingMessage;

type End = Parameters<ReturnType<typeof startRequestSpan>['end']>[0];

const spanOf = (end: End, { headers = {}, query = '' }: { headers?: Record<string, string>; query?: string } = {}) => {
  const recorder = createRecorder();
  const target = { path: '/items/7', query };
  const { context, end: finish } = startRequestSpan(recorder, {
    request: requestOf(headers),
    target,
    service: 'items',
  });
  finish(end);
  return { context, span: JSON.parse(recorder.ring.newestFirst()[0]?.spans[0] ?? 'null') as Span };
};
const ok: End = { answer: { status: 200 }, route: '/items/{id}' };

describe('a request', () => {
  it('is a span of the server, named by its route', () => {
    const { context, span } = spanOf(ok);

    expect(span).toMatchObject({
      ...context,
      name: 'POST /items/{id}',
      kind: 'server',
      status: 'unset',
      service: 'items',
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/items/{id}',
        'url.path': '/items/7',
        'http.response.status_code': 200,
        'client.address': '127.0.0.1',
        'server.address': '127.0.0.1:3000',
        'network.protocol.version': '1.1',
      },
    });
    expect(span).not.toHaveProperty('parentSpanId');
  });

  it('is part of the caller’s trace', () => {
    const { span } = spanOf(ok, { headers: { traceparent: `00-${parent.traceId}-${parent.spanId}-01` } });

    expect(span).toMatchObject({ traceId: parent.traceId, parentSpanId: parent.spanId });
  });

  it('begins a trace where the caller’s cannot be read', () => {
    const { span } = spanOf(ok, { headers: { traceparent: 'nonsense' } });

    expect(span.traceId).toMatch(/^[\da-f]{32}$/);
    expect(span).not.toHaveProperty('parentSpanId');
  });

  it.each([
    [404, 'unset', undefined],
    [500, 'error', '500'],
    [503, 'error', '503'],
  ])('that is answered %i is told as %s', (status, expected, type) => {
    const { span } = spanOf({ answer: { status } });

    expect(span.status).toBe(expected);
    expect(span.attributes['error.type']).toBe(type);
    expect(span.name).toBe('POST /items/7');
  });

  it('has no secret of its query, its header fields or its bodies', () => {
    const secret = 'hunter2-hunter2';
    const { span } = spanOf(
      {
        answer: {
          status: 200,
          headers: { 'set-cookie': `sid=${secret}`, 'content-type': 'application/json', 'x-request-id': 'request 1' },
          body: JSON.stringify({ accessToken: secret }),
        },
        body: Buffer.from(JSON.stringify({ password: secret })),
      },
      {
        query: `token=${secret}&a=1`,
        headers: { authorization: secret, cookie: secret, 'content-type': 'application/json' },
      },
    );

    expect(JSON.stringify(span)).not.toContain(secret);
    expect(span.attributes).toMatchObject({
      'url.query': 'token=***&a=1',
      'local.request_id': 'request 1',
      'local.request.body': '{"password":"***"}',
      'local.response.body': '{"accessToken":"***"}',
    });
  });

  it('has bodies that are cut at 64 KB, and none that are no text', () => {
    const { span } = spanOf(
      {
        answer: { status: 200, headers: { 'content-type': 'image/png' }, body: Buffer.alloc(5000) },
        body: Buffer.from('a'.repeat(200_000)),
      },
      { headers: { 'content-type': 'text/plain' } },
    );

    expect(String(span.attributes['local.request.body']).length).toBeLessThan(66_000);
    expect(span.attributes['local.response.body']).toBe('(5000 bytes of image/png)');
  });

  it('is told to nobody where nobody wants to know', () => {
    const recorder = createRecorder({ isKept: false });
    const target = { path: '/', query: '' };

    startRequestSpan(recorder, { request: requestOf({}), target, service: 'items' }).end(ok);

    expect(recorder.place()).toBe(0);
  });
});
