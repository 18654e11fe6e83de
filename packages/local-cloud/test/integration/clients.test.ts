import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rawText } from './support/raw.ts';
import { startService } from './support/service.ts';

let http: Awaited<ReturnType<typeof startService>>;
let rest: Awaited<ReturnType<typeof startService>>;

const cors = { origins: ['http://listed.example'], headers: ['Content-Type'] };
const gatewayResponse = {
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: {
    ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
    StatusCode: '404',
    ResponseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
    ResponseTemplates: {
      'application/json': '{"status":404,"said":$context.error.messageString,"requestId":"$context.requestId"}',
    },
  },
};

beforeAll(async () => {
  http = await startService({
    events: [{ httpApi: 'GET /notes' }, { httpApi: 'POST /notes' }],
    cors: { allowedOrigins: ['http://listed.example'] },
  });
  rest = await startService({
    events: [{ http: { path: 'notes', method: 'get', cors } }, { http: { path: 'notes', method: 'post', cors } }],
    resources: { One: gatewayResponse },
  });
  http.join();
  rest.join();
});
afterAll(() => Promise.all([http.stop(), rest.stop()]));

const doors = [
  ['an HTTP API at the gateway', () => http.port],
  ['an HTTP API at its own port', () => http.ownPort],
  ['a REST API at the gateway', () => rest.port],
  ['a REST API at its own port', () => rest.ownPort],
] as const;

const get = (fields: readonly string[], target = '/notes') =>
  [`GET ${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields, '', ''].join('\r\n');

describe.each(doors)('%s', (_door, port) => {
  it.each([
    ['a cookie of another program', ['Cookie: g={"a":"b c"}']],
    ['a cookie without a value', ['Cookie: g']],
    ['a cookie without a name', ['Cookie: =1']],
    ['commas, brackets and a semicolon too many in cookies', ['Cookie: theme=dark,blue; a[0]=1;;']],
    ['two Cookie fields', ['Cookie: a=1', 'Cookie: b=\xff']],
    ['a range', ['Range: bytes=0-10']],
    [
      'an offer of h2c',
      ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA'],
    ],
    ['an offer of WebSocket where there is none', ['Connection: Upgrade', 'Upgrade: websocket']],
    ['an offer of something else', ['Connection: Upgrade', 'Upgrade: IRC/6.9']],
    ['codings that it would accept', ['Accept-Encoding: gzip, br, zstd']],
    ['a content type that is none, without a body', ['Content-Type: json']],
    ['a media type that it cannot give', ['Accept: application/x-unknown']],
    ['an If-Range', ['If-Range: "1"', 'Range: bytes=0-']],
    ['a header that overrides an authorizer elsewhere', ['sls-offline-authorizer-override: {"principalId":"mallory"}']],
    ['a forwarding that is not believed', ['X-Forwarded-For: 1.2.3.4', 'Forwarded: for=1.2.3.4;host=evil.example']],
  ])('takes no interest in %s', async (_name, fields) => {
    const answer = await rawText(port(), get(fields));

    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(answer).not.toMatch(/content-range|content-encoding/i);
    const event = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as {
      requestContext: { authorizer?: unknown };
    };
    expect(event.requestContext.authorizer).toBeUndefined();
  });

  it.each([
    ['absolute-form', 'http://localhost/notes'],
    ['absolute-form with a port and a query', 'http://127.0.0.1:9/notes?a=1'],
    ['absolute-form in capitals', 'HTTP://LOCALHOST/notes'],
    ['a fragment', '/notes#there'],
    ['an empty query', '/notes?'],
    ['a query of slashes and question marks', '/notes?a=/?/?'],
  ])('takes a target in %s', async (_name, target) => {
    expect(await rawText(port(), get([], target))).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  });

  it.each([
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
    ['a percent sign without digits', get([], '/notes/%zz')],
    ['a percent sign at its end', get([], '/notes/%')],
    ['a percent sign without digits in the query', get([], '/notes?a=%q')],
    ['a name in place of a path', get([], 'notes')],
    ['another scheme', get([], 'ftp://localhost/notes')],
  ])('responds 400 for a target with %s', async (_name, sent) => {
    expect(await rawText(port(), sent)).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
  });

  it.each([
    ['a preflight that is allowed', 'http://listed.example', /^HTTP\/1.1 20[04] /],
    ['one that is not', 'http://evil.example', /^HTTP\/1.1 403 /],
    ['one of no origin', 'null', /^HTTP\/1.1 403 /],
  ])('answers %s', async (_name, origin, expected) => {
    const fields = `Origin: ${origin}\r\nAccess-Control-Request-Method: POST`;

    const answer = await rawText(
      port(),
      `OPTIONS /notes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${fields}\r\n\r\n`,
    );

    expect(answer).toMatch(expected);
    expect(/access-control-allow-origin/i.test(answer)).toBe(origin === 'http://listed.example');
  });

  it('does not send an answer of a hundred pipelined requests out of order', async () => {
    const sent = Array.from({ length: 100 }, (_, index) => `GET /notes?n=${index} HTTP/1.1\r\nHost: localhost\r\n\r\n`);

    const answers = await rawText(port(), sent.join('') + get([], '/notes?n=100'));

    const numbers = [...answers.matchAll(/"n":\[?"(\d+)"/g)].map(([, number]) => Number(number));
    expect([...new Set(numbers)]).toEqual(Array.from({ length: 101 }, (_, index) => index));
  });
});

describe('what a gateway says by itself', () => {
  it('is AWS’s body at the port of an HTTP API, a problem at the gateway', async () => {
    const own = await fetch(`${http.own}/nowhere`);
    const through = await fetch(`${http.origin}/notes/1/2/3`);

    expect([own.status, await own.json()]).toEqual([404, { message: 'Not Found' }]);
    expect(through.status).toBe(404);
    expect(await through.json()).toMatchObject({ type: '/problems/not-found' });
  });

  it('is what its gateway responses say at the port of a REST API', async () => {
    const response = await fetch(`${rest.own}/nowhere`);

    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      status: 404,
      said: 'Missing Authentication Token',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });
});
