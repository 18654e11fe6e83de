import { describe, expect, it } from '@jest/globals';
import { type Call, requestTime } from '../../../src/apigateway/http/call.ts';
import { eventV1 } from '../../../src/apigateway/http/eventV1.ts';
import { eventV2 } from '../../../src/apigateway/http/eventV2.ts';

const call = (given: Partial<Call> = {}): Call => ({
  route: { kind: 'http', method: 'GET', path: '/notes/{id}', functionName: 'notes-dev-getNote' },
  parameters: { id: '1' },
  method: 'GET',
  target: { path: '/notes/1', query: '' },
  headers: [['Host', '127.0.0.1:3001']],
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
  stage: 'dev',
  requestId: 'id',
  receivedAt: new Date('2026-04-09T12:34:56.789Z'),
  ...given,
});
const latin1 = Buffer.from('café', 'latin1');
const withBody = (body: Buffer, ...types: string[]) =>
  call({ body, headers: types.map((type) => ['Content-Type', type] as const) });

describe('the event of an HTTP API', () => {
  it('has one value for each name: of headers in lower case, of the query decoded', () => {
    const event = eventV2(
      call({
        target: { path: '/notes/1', query: 'a=1&b=%C3%A9&a=2&c' },
        headers: [
          ['X-One', '1'],
          ['x-one', '2'],
          ['Cookie', 'a=1; b={"x":1}'],
          ['cookie', 'c'],
        ],
      }),
    );

    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /notes/{id}',
      rawPath: '/notes/1',
      rawQueryString: 'a=1&b=%C3%A9&a=2&c',
      queryStringParameters: { a: '1,2', b: 'é', c: '' },
      cookies: ['a=1', 'b={"x":1}', 'c'],
      pathParameters: { id: '1' },
      requestContext: { http: { method: 'GET', path: '/notes/1' }, timeEpoch: Date.parse('2026-04-09T12:34:56.789Z') },
      isBase64Encoded: false,
    });
    expect(event.headers).toEqual({ 'x-one': '1,2' });
  });

  it('leaves out what the request does not have', () => {
    const event = eventV2(call({ parameters: undefined }));

    for (const name of ['body', 'cookies', 'queryStringParameters', 'pathParameters'])
      expect(event).not.toHaveProperty(name);
  });

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['APPLICATION/JSON;charset="UTF-8"'],
    ['text/plain'],
    ['text/csv; charset=utf-8'],
    ['application/xml'],
    ['application/javascript'],
  ])('has a body of %s as text', (type) => {
    expect(eventV2(withBody(Buffer.from('{"é":1}'), type))).toMatchObject({ body: '{"é":1}', isBase64Encoded: false });
  });

  it.each([
    [[]],
    [['application/merge-patch+json']],
    [['application/octet-stream']],
    [['multipart/form-data']],
    [['json']],
    [['application/json; charset=iso-8859-1']],
    [['application/json', 'text/plain']],
  ])('has a body of %j base64-encoded', (types) => {
    expect(eventV2(withBody(Buffer.from('{}'), ...types))).toMatchObject({ body: 'e30=', isBase64Encoded: true });
  });

  it('has bytes that are not UTF-8 base64-encoded, and a byte order mark kept', () => {
    const marked = Buffer.from('\uFEFF{}');

    expect(eventV2(withBody(latin1, 'application/json'))).toMatchObject({
      isBase64Encoded: true,
      body: latin1.toString('base64'),
    });
    expect(eventV2(withBody(marked, 'application/json'))).toMatchObject({ isBase64Encoded: false, body: '\uFEFF{}' });
  });
});

describe('the event of a REST API', () => {
  it('has names as they were sent, single values and all values', () => {
    const event = eventV1(
      call({
        target: { path: '/users/1', query: 'a=1&a=2' },
        headers: [
          ['X-One', '1'],
          ['X-One', '2'],
          ['Host', 'h:1'],
        ],
      }),
    );

    expect(event).toMatchObject({
      resource: '/notes/{id}',
      path: '/users/1',
      httpMethod: 'GET',
      headers: { 'X-One': '2', Host: 'h:1' },
      multiValueHeaders: { 'X-One': ['1', '2'], Host: ['h:1'] },
      queryStringParameters: { a: '2' },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      body: null,
      isBase64Encoded: false,
      requestContext: { stage: 'dev', domainName: 'h', requestTime: '09/Apr/2026:12:34:56 +0000' },
    });
  });

  it('says null for what the request does not have', () => {
    const event = eventV1(call({ parameters: undefined, headers: [] }));

    expect(event).toMatchObject({ headers: null, queryStringParameters: null, pathParameters: null, body: null });
  });

  it('has any body as text, but bytes that are not UTF-8', () => {
    expect(eventV1(withBody(Buffer.from('é'), 'application/x-any'))).toMatchObject({
      body: 'é',
      isBase64Encoded: false,
    });
    expect(eventV1(withBody(latin1, 'text/plain'))).toMatchObject({ isBase64Encoded: true });
  });
});

describe('requestTime', () => {
  it('is in the form of access logs', () => {
    expect(requestTime(new Date('2026-01-02T03:04:05Z'))).toBe('02/Jan/2026:03:04:05 +0000');
  });
});
