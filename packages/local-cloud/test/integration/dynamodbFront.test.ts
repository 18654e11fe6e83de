import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Front, startFront } from '../../src/dynamodb/front/front.ts';
import { openGate } from '../../src/gate/openGate.ts';
import { sendRaw } from './support/rawHttp.ts';

const megabyte = 1024 * 1024;
let engine: Server;
let engineAnswers: RequestListener;
let bodies: Buffer[];
let front: Front;
let port: number;

/** As dynoxide answers: everybody, whatever the origin. */
const answerAll: RequestListener = (_request, response) => {
  response.writeHead(200, {
    'content-type': 'application/x-amz-json-1.0',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'x-amzn-requestid',
  });
  response.end('{"TableNames":["notes-dev"]}');
};

beforeEach(async () => {
  engineAnswers = answerAll;
  bodies = [];
  engine = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks));
      engineAnswers(request, response);
    });
  });
  await once(engine.listen(0, '127.0.0.1'), 'listening');
  front = await startFront({ port: 0, allowedHosts: ['cloud.example'], gate: openGate(), wrote: () => {} });
  front.pointAt({ host: '127.0.0.1', port: (engine.address() as AddressInfo).port });
  port = Number(new URL(front.url).port);
});

afterEach(async () => {
  await front.stop();
  engine.close();
  engine.closeAllConnections();
});

interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const call = async ({ method = 'POST', headers = {}, body = '{}' }: Call = {}) => {
  const outgoing = httpRequest(front.url, { method, headers });
  outgoing.end(method === 'GET' || method === 'OPTIONS' ? undefined : body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
};
const listTables = (maxAttempts = 3) => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new DynamoDBClient({ endpoint: front.url, region: 'eu-west-1', credentials, maxAttempts });
  return client.send(new ListTablesCommand({}));
};
const corsOf = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('a web page', () => {
  it.each<[string, Call]>([
    ['of another origin', { headers: { origin: 'https://evil.example' } }],
    ['that needs no preflight', { headers: { origin: 'https://evil.example', 'content-type': 'text/plain' } }],
    ['that asks with a preflight', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }],
    ['without an origin of its own', { headers: { origin: 'null' } }],
    ['of another port', { headers: { origin: 'http://localhost:3000' } }],
    ['of a name that looks like a local one', { headers: { origin: 'http://localhost.evil.example' } }],
    ['of a file', { headers: { origin: 'file://' } }],
    ['of another site that hides its origin', { headers: { 'sec-fetch-site': 'cross-site' } }],
    [
      'that shows an image',
      { method: 'GET', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } },
    ],
    ['whose name was rebound to this machine', { headers: { host: 'evil.example' } }],
    ['whose name begins like an address', { headers: { host: '127.0.0.1.evil.example:8000' } }],
    ['of the allowed host, from elsewhere', { headers: { host: 'cloud.example', origin: 'https://evil.example' } }],
  ])('%s is refused, and the engine does not hear of it', async (_page, given) => {
    const { status, headers, body } = await call(given);

    expect(status).toBe(403);
    expect(JSON.parse(body)).toMatchObject({ __type: 'com.amazon.coral.service#AccessDeniedException' });
    expect(corsOf(headers)).toEqual([]);
    expect(bodies).toEqual([]);
  });
});

describe('a tool of the developer', () => {
  it.each(['127.0.0.1:8000', 'localhost:8000', 'dynamodb.localhost', '[::1]:8000', '127.8.9.10', 'cloud.example'])(
    'is answered under the host %s, without a word about CORS',
    async (host) => {
      const { status, headers, body } = await call({ headers: { host } });

      expect({ status, body }).toEqual({ status: 200, body: '{"TableNames":["notes-dev"]}' });
      expect(corsOf(headers)).toEqual([]);
    },
  );

  it('that asks for options is told the methods, by the front', async () => {
    const { status, headers } = await call({ method: 'OPTIONS' });

    expect({ status, allow: headers.allow }).toEqual({ status: 204, allow: 'GET, POST' });
    expect(bodies).toEqual([]);
  });

  it('may name the host in an absolute target', async () => {
    const answer = await sendRaw(
      port,
      'GET http://localhost:8000/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
    );

    expect(answer).toMatch(/^HTTP\/1.1 200/);
  });
});

describe('a request', () => {
  it.each([
    ['without a Host', 'POST / HTTP/1.1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'],
    [
      'with two',
      'POST / HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
    ],
    ['that is no HTTP', 'hello\r\n\r\n'],
    ['with two lengths', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['with a broken chunk', 'POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['with an expectation', 'POST / HTTP/1.1\r\nhost: localhost\r\nexpect: magic\r\ncontent-length: 0\r\n\r\n'],
  ])('%s is a 400 in the shape of DynamoDB', async (_case, bytes) => {
    const answer = await sendRaw(port, bytes);

    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('"__type":"com.amazon.coral.');
    expect(bodies).toEqual([]);
  });

  it('of 16 MB is passed on whole', async () => {
    const body = Buffer.alloc(16 * megabyte, 'a');

    expect((await call({ body })).status).toBe(200);
    expect(bodies[0]?.equals(body)).toBe(true);
  });

  it('of more is a 413, whether it says so or not', async () => {
    const body = Buffer.alloc(18 * megabyte);
    const chunked = { 'transfer-encoding': 'chunked' };

    expect((await call({ body })).status).toBe(413);
    expect((await call({ body, headers: chunked })).status).toBe(413);
    expect(bodies).toEqual([]);
  });

  it('that breaks off is not carried out', async () => {
    const socket = connectSocket(port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"half":');
    await once(socket, 'ready');
    socket.destroy();

    await listTables();

    expect(bodies.map(String)).toEqual(['{}']);
  });
});

describe('whatever bytes come', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/);
  const line = fc.tuple(token, fc.string({ maxLength: 40 })).map(([name, value]) => `${name}: ${value}`);
  const almostHttp = fc
    .record({
      method: fc.constantFrom('POST', 'GET', 'CONNECT', 'TRACE', 'PRI', 'post', ''),
      target: fc.oneof(fc.constantFrom('/', '*', 'http://', 'a:b', '//x', '/é'), fc.string({ maxLength: 20 })),
      version: fc.constantFrom('1.1', '1.0', '2.0', '9.9', 'x'),
      lines: fc.array(
        fc.oneof(
          line,
          fc.constantFrom('host: localhost', 'content-length: 5', 'content-length: -1', 'transfer-encoding: chunked'),
          fc.constantFrom('upgrade: websocket', 'connection: upgrade', 'expect: 100-continue', 'connection: close'),
        ),
        { maxLength: 6 },
      ),
      body: fc.string({ maxLength: 30 }),
    })
    .map(({ method, target, version, lines, body }) =>
      Buffer.from(`${method} ${target} HTTP/${version}\r\n${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1'),
    );
  const anything = fc.oneof(almostHttp, fc.uint8Array({ minLength: 1, maxLength: 200 }));

  it('the next caller is answered: 200 kinds of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 20, maxLength: 20 }), async (kinds) => {
        await Promise.all(kinds.map((bytes) => sendRaw(port, bytes, 100)));
        expect((await listTables(1)).TableNames).toEqual(['notes-dev']);
      }),
      { numRuns: 10 },
    );
  });
});

describe('an engine', () => {
  it.each<[string, RequestListener]>([
    ['cuts the connection', (request) => request.socket.destroy()],
    [
      'breaks off in the middle of its answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('{"half":', () => request.socket.destroy());
      },
    ],
  ])('that %s once costs a client of the SDK nothing', async (_case, fault) => {
    engineAnswers = (request, response) => {
      engineAnswers = answerAll;
      fault(request, response);
    };

    expect((await listTables()).TableNames).toEqual(['notes-dev']);
  });

  it('that does not answer is a 503, which SDKs try again', async () => {
    front.pointAt({ host: '127.0.0.1', port: 1 });

    const { status, body } = await call();

    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ __type: 'com.amazonaws.dynamodb.v20120810#ServiceUnavailable' });
  });

  it('hears that its caller has gone', async () => {
    const gone = new Promise<void>((resolve) => {
      engineAnswers = (request) => void request.socket.once('close', () => resolve());
    });
    const outgoing = httpRequest(front.url, { method: 'POST' }).on('error', () => {});
    outgoing.end('{}');
    await once(engine, 'request');
    outgoing.destroy();

    await expect(gone).resolves.toBeUndefined();
  });
});
