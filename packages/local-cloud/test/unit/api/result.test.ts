import { describe, expect, it } from '@jest/globals';
import { answerOf } from '../../../src/apigateway/http/result.ts';

const shown = (payload: unknown, kind: 'http' | 'rest') => {
  const answer = answerOf(JSON.stringify(payload), kind);
  return answer && { ...answer, body: answer.body.toString() };
};

describe('what a function returned', () => {
  it.each(['http', 'rest'] as const)('is sent as it says (%s)', (kind) => {
    const payload = { statusCode: 201, headers: { ETag: '"1"', 'X-Number': 1 }, body: 'é' };

    expect(shown(payload, kind)).toMatchObject({ status: 201, headers: { etag: '"1"', 'x-number': '1' }, body: 'é' });
  });

  it.each(['http', 'rest'] as const)('is decoded where it is base64-encoded (%s)', (kind) => {
    expect(shown({ statusCode: 200, body: 'w6k=', isBase64Encoded: true }, kind)).toMatchObject({ body: 'é' });
  });

  it('has cookies with an HTTP API, several values of a header with a REST API', () => {
    const payload = { statusCode: 200, cookies: ['a=1', 'b=2'], multiValueHeaders: { 'X-One': ['1', '2'] } };

    expect(shown(payload, 'http')?.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'] });
    expect(shown(payload, 'rest')?.headers).toMatchObject({ 'x-one': ['1', '2'] });
  });

  it.each([
    ['text', 'text'],
    [{ some: 'json' }, '{"some":"json"}'],
    [null, 'null'],
    [[1], '[1]'],
  ])('is the body of a 200 of an HTTP API where it has no status: %j', (payload, body) => {
    expect(shown(payload, 'http')).toEqual({ status: 200, headers: { 'content-type': 'application/json' }, body });
    expect(shown(payload, 'rest')).toBeUndefined();
  });

  it.each([
    [{ statusCode: 'many' }],
    [{ statusCode: 99 }],
    [{ statusCode: 600 }],
    [{ statusCode: 200.5 }],
    [{ statusCode: null }],
    [{ statusCode: 200, headers: { 'a b': '1' } }],
    [{ statusCode: 200, headers: { a: '1\r\nb: 2' } }],
    [{ statusCode: 200, headers: { a: '\u0100' } }],
  ])('cannot be sent: %j', (payload) => {
    expect([shown(payload, 'http'), shown(payload, 'rest')]).toEqual([undefined, undefined]);
  });

  it('does not say how long it is or how it is sent', () => {
    const headers = { 'Content-Length': '5', 'Transfer-Encoding': 'chunked', Connection: 'upgrade', Upgrade: 'h2c' };

    expect(Object.keys(shown({ statusCode: 200, headers, body: 'x' }, 'http')?.headers ?? {})).toEqual([
      'content-type',
    ]);
  });
});
