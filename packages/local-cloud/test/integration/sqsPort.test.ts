import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assert, asyncProperty, boolean, constantFrom, dictionary, jsonValue, oneof } from 'fast-check';
import { host } from '../../src/process/portCheck.ts';
import { type Sqs, startSqs } from '../../src/sqs/engine.ts';
import { rawRequest } from './support/rawRequest.ts';
import { sqsClient } from './support/sqs.ts';

let sqs: Sqs;
let port: number;
const json = 'application/x-amz-json-1.0';
const form = 'application/x-www-form-urlencoded';

beforeAll(async () => {
  sqs = await startSqs({ port: 0, allowedHosts: ['cloud.test'] });
  port = Number(new URL(sqs.endpoint).port);
});
afterAll(() => sqs.stop());

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}
/** A request with exactly these fields, `Host` included, which `fetch` would not send. */
const ask = ({ method = 'POST', path = '/', headers = {}, body = '' }: Asked) =>
  new Promise<{ status: number | undefined; headers: object; body: string }>((resolve, reject) => {
    const asked = httpRequest({
      host,
      port,
      method,
      path,
      headers: { ...headers, 'content-length': String(body.length) },
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const { statusCode: status, headers: answered } = response;
      text(response).then((answer) => resolve({ status, headers: answered, body: answer }), reject);
    });
    asked.end(body);
  });
const listQueues = { 'content-type': json, 'x-amz-target': 'AmazonSQS.ListQueues' };
const isWell = async () => (await ask({ headers: listQueues, body: '{}' })).status === 200;
const corsHeaders = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('the SQS port', () => {
  it.each([['127.0.0.1'], ['localhost'], ['LOCALHOST'], ['sqs.localhost'], ['127.8.9.10'], ['[::1]'], ['cloud.test']])(
    'answers tools that call it %s, with queue URLs that begin so',
    async (name) => {
      const hostField = { host: `${name}:${port}` };

      const created = await ask({
        headers: { ...hostField, 'content-type': json, 'x-amz-target': 'AmazonSQS.CreateQueue' },
        body: '{"QueueName":"named"}',
      });
      const listed = await ask({ headers: { ...listQueues, ...hostField }, body: '{}' });

      const QueueUrl = `http://${name}:${port}/000000000000/named`;
      expect([created.status, JSON.parse(created.body)]).toEqual([200, { QueueUrl }]);
      expect(JSON.parse(listed.body)).toEqual({ QueueUrls: [QueueUrl] });
    },
  );

  it.each([
    ['another’s Host', { host: 'evil.example' }],
    ['another’s Host and the port', { host: 'evil.example:9324' }],
    ['a Host that begins as an address', { host: '127.0.0.1.evil.example' }],
    ['a Host that is no name', { host: 'a b<>"' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the Origin null', { origin: 'null' }],
    ['the Origin of a page of this machine', { origin: 'http://localhost:3000' }],
    ['an Origin that begins as its own', { origin: 'http://localhost.evil.example' }],
    ['a page of another site, which says so', { 'sec-fetch-site': 'cross-site' }],
    ['a link of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ])('refuses %s with 403, in SQS’s words, SNS’s, and to preflights, without a header for CORS', async (_, headers) => {
    const local = { host: `127.0.0.1:${port}`, ...headers };
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-amz-target' };

    const bySqs = await ask({ headers: { ...local, ...listQueues }, body: '{}' });
    const bySns = await Promise.all(
      ['CreateTopic&Name=t', 'Subscribe&Protocol=sqs', 'Publish&Message=m'].map((action) =>
        ask({ headers: { ...local, 'content-type': form }, body: `Action=${action}` }),
      ),
    );
    const asText = await ask({ headers: { ...local, 'content-type': 'text/plain' }, body: '{}' });
    const asked = await ask({ method: 'OPTIONS', headers: { ...local, ...preflight } });

    expect(JSON.parse(bySqs.body)).toEqual({
      __type: 'com.amazonaws.sqs#AccessDenied',
      message: expect.any(String),
    });
    for (const { body } of bySns)
      expect(body).toMatch(/<ErrorResponse .*<Type>Sender<\/Type><Code>AccessDenied<\/Code>/);
    for (const answer of [bySqs, ...bySns, asText, asked])
      expect([answer.status, corsHeaders(answer.headers)]).toEqual([403, []]);
  });

  it('refuses two Host fields, and none, with 400', async () => {
    const twice = await rawRequest(port, [
      'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n',
    ]);
    const never = await rawRequest(port, ['POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n']);

    expect(twice).toMatch(/^HTTP\/1\.1 400 /);
    expect(never).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each<[string, Asked]>([
    ['an inspection', { method: 'GET', path: '/_fauxqs/queues' }],
    ['an inspection of a queue', { method: 'GET', path: '/_fauxqs/queues/named' }],
    ['a health check', { method: 'GET', path: '/health' }],
    ['a list of buckets', { method: 'GET' }],
    ['a bucket', { method: 'PUT', path: '/bucket' }],
    ['an object', { method: 'PUT', path: '/bucket/key', headers: { 'content-type': json } }],
    ['an upload by form', { path: '/bucket', headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
    ['a bucket by its host', { headers: { host: 'bucket.localhost' } }],
    ['an identity', { headers: { 'content-type': form }, body: 'Action=GetCallerIdentity&Version=2011-06-15' }],
    ['an action that is none', { headers: { 'content-type': json, 'x-amz-target': 'AmazonSQS.Explode' }, body: '{}' }],
    ['a form’s action that is none', { headers: { 'content-type': form }, body: 'Action=Explode' }],
  ])('is no place for %s', async (_, asked) => {
    const { status, headers } = await ask(asked);

    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(corsHeaders(headers)).toEqual([]);
  });

  it.each([['127.0.0.1'], ['localhost']])('serves the SDK at %s, whatever its region', async (name) => {
    const client = sqsClient(`http://${name}:${port}`, 'us-west-2');
    await client.send(new CreateQueueCommand({ QueueName: `sdk-${name.length}` }));
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: `sdk-${name.length}` }));
    const { QueueUrls } = await client.send(new ListQueuesCommand({ QueueNamePrefix: `sdk-${name.length}` }));

    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'grüße 😀' }));
    const { Messages } = await sqsClient(sqs.endpoint).send(new ReceiveMessageCommand({ QueueUrl }));

    expect(QueueUrls).toEqual([QueueUrl]);
    expect(Messages).toEqual([expect.objectContaining({ Body: 'grüße 😀' })]);
    client.destroy();
  });
});

const head = (more: string, method = 'POST') => `${method} / HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`;
const withBody = (body: string | Buffer, type = json, action = 'SendMessage'): (string | Buffer)[] => [
  head(`Content-Type: ${type}\r\nX-Amz-Target: AmazonSQS.${action}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`),
  body,
];
const bytes = (...values: number[]) => Buffer.from(values);

/** What nobody should send: each is answered with an error, or its connection is closed. */
const broken: readonly (readonly [string, readonly (string | Buffer)[]])[] = [
  ['nothing at all', ['']],
  ['line ends', ['\r\n\r\n\r\n']],
  ['zeros', [Buffer.alloc(4096)]],
  ['all bytes', [Buffer.from(Array.from({ length: 256 }, (_, index) => index))]],
  ['the hello of TLS', [bytes(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3)]],
  ['the preface of HTTP/2', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n']],
  ['an HTTP version that is none', ['POST / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n']],
  ['no version', ['GET /\r\n\r\n']],
  ['a method that is none', ['EXPLODE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n']],
  ['a target with spaces', ['POST /a b c HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n']],
  ['a target with bytes over 127', [Buffer.from('POST /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 'latin1')]],
  ['a target with broken escapes', ['POST /%zz%c0%af HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n']],
  ['a target that is no URL', ['POST //[::: HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n']],
  ['a target that is too long', [`POST /${'a'.repeat(60_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`]],
  ['CONNECT', ['CONNECT example.com:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n']],
  [
    'an upgrade to WebSocket',
    [head('Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n', 'GET')],
  ],
  ['an upgrade to h2c', [head('Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n', 'GET')]],
  ['a header without a colon', [head('broken\r\n')]],
  ['a header with a zero', [head('X-A: a\0b\r\n')]],
  ['a folded header', [head('X-A: a\r\n b\r\n')]],
  ['headers that are too long', [head(`X-A: ${'a'.repeat(40_000)}\r\n`)]],
  ['too many headers', [head('X-A: a\r\n'.repeat(3000))]],
  ['two lengths', [head('Content-Length: 2\r\nContent-Length: 3\r\n'), '{}']],
  ['a length that is none', [head('Content-Length: two\r\n'), '{}']],
  ['a negative length', [head('Content-Length: -1\r\n'), '{}']],
  ['a length and chunks', [head('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'), '0\r\n\r\n']],
  ['a chunk whose size is none', [head(`Content-Type: ${json}\r\nTransfer-Encoding: chunked\r\n`), 'zz\r\n{}\r\n']],
  ['a chunk whose size is too large', [head('Transfer-Encoding: chunked\r\n'), 'fffffffffffffffff\r\n{}\r\n']],
  ['a transfer encoding that is none', [head('Transfer-Encoding: magic\r\n'), '{}']],
  ['a body that is shorter than said', [head(`Content-Type: ${json}\r\nContent-Length: 500\r\n`), '{"a":']],
  ['a body that is announced and huge', [head(`Content-Type: ${json}\r\nContent-Length: 99999999999\r\n`), '{}']],
  ['an expectation that is none', [head('Expect: miracles\r\nContent-Length: 2\r\n'), '{}']],
  ['no content type', [head('Content-Length: 2\r\n'), '{}']],
  ['a content type that is none', withBody('{}', 'nonsense')],
  ['a content type with a broken parameter', withBody('{', `${json}; charset="`)],
  ['no JSON', withBody('{')],
  ['JSON with a trailing comma', withBody('{"QueueUrl":"x",}')],
  ['an empty body', withBody('')],
  ['bytes that are not UTF-8', withBody(bytes(0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x22, 0x3a))],
  ['UTF-16', withBody(Buffer.from('{}', 'utf16le'))],
  ['null', withBody('null')],
  ['an array', withBody('[]')],
  ['a number', withBody('1e400')],
  ['a text', withBody('"QueueUrl"')],
  ['JSON that is open 100,000 deep', withBody('['.repeat(100_000))],
  ['JSON that is nested 100,000 deep', withBody(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
  ['prototypes', withBody('{"__proto__":{"QueueUrl":"x"},"constructor":{"prototype":{}}}')],
  ['an action by the name of a prototype', withBody('{}', json, '__proto__')],
  ['an action with no name', withBody('{}', json, '')],
  ['a queue that is not there', withBody('{"QueueUrl":"http://127.0.0.1/0/none","MessageBody":"x"}')],
  ['a URL that is none', withBody('{"QueueUrl":"%%%","MessageBody":"x"}')],
  ['an empty form', withBody('', form)],
  ['a form with broken escapes', withBody('Action=%zz%c0%af&%=%&&&===', form)],
  ['a form with 100,000 fields', withBody('a=b&'.repeat(100_000), form)],
  ['a form that subscribes nothing', withBody('Action=Subscribe', form)],
  [
    'a form that publishes broken attributes',
    withBody('Action=Publish&TopicArn=x&Message=m&MessageAttributes.entry.x.Name=a', form),
  ],
  ['a form whose action is a prototype', withBody('Action=constructor&__proto__=x', form)],
];

describe('what is broken', () => {
  it.each(broken)('as %s is, gets an error or a closed connection, and the port answers on', async (_, pieces) => {
    const answer = await rawRequest(port, pieces);

    expect(answer).toMatch(/^$|^HTTP\/1\.1 4\d\d /);
    expect(await isWell()).toBe(true);
  });

  it('by more bytes than are taken is a 413', async () => {
    const answer = await ask({ headers: { ...listQueues }, body: 'x'.repeat(12 * 2 ** 20) }).catch(() => undefined);

    expect([413, undefined]).toContain(answer?.status);
    expect(await isWell()).toBe(true);
  });

  it('by a caller who leaves in the middle, at any byte, disturbs nobody', async () => {
    const whole = Buffer.concat(
      withBody('{"QueueName":"left"}', json, 'CreateQueue').map((piece) => Buffer.from(piece)),
    );
    const leave = (after: number) =>
      new Promise<void>((resolve) => {
        const socket = connect(port, host, () => {
          socket.write(whole.subarray(0, after));
          socket.resetAndDestroy();
        });
        socket.on('error', () => {}).on('close', () => resolve());
      });

    await Promise.all(Array.from(whole, (_, index) => leave(index)));

    expect(await isWell()).toBe(true);
  });

  it('by values of other types than they must have is a 400, for every action and member', async () => {
    const value = oneof(jsonValue({ maxDepth: 2 }), constantFrom('', 'named', sqs.endpoint, -1, 1e300, 0.5, null));
    const members = ['QueueUrl', 'QueueName', 'MessageBody', 'MessageAttributes', 'Attributes', 'Entries', 'TagKeys'];
    const more = [
      'VisibilityTimeout',
      'MaxNumberOfMessages',
      'DelaySeconds',
      'ReceiptHandle',
      'MessageGroupId',
      'tags',
    ];
    const actions = [
      'CreateQueue',
      'SendMessage',
      'SendMessageBatch',
      'ReceiveMessage',
      'DeleteMessageBatch',
      'ListQueues',
    ];
    const rare = [
      'SetQueueAttributes',
      'ChangeMessageVisibility',
      'ChangeMessageVisibilityBatch',
      'TagQueue',
      'UntagQueue',
    ];
    const input = dictionary(constantFrom(...members, ...more), value, { maxKeys: 5 });
    const known = boolean();

    await assert(
      asyncProperty(constantFrom(...actions, ...rare), input, known, async (action, given, isKnown) => {
        const body = isKnown ? { ...given, QueueUrl: `${sqs.endpoint}/000000000000/named`, WaitTimeSeconds: 0 } : given;
        const headers = { 'content-type': json, 'x-amz-target': `AmazonSQS.${action}` };

        const { status } = await ask({ headers, body: JSON.stringify(body).replaceAll(/[^\0-\x7f]/g, '?') });

        expect([200, 400]).toContain(status);
      }),
      { numRuns: 300 },
    );
    expect(await isWell()).toBe(true);
  });
});
