import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/process/environment.ts';
import { Bucket, bytesOf, region, sendBytes, sendSigned, signed, startTestS3, type TestS3 } from './support/s3.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3({ allowedHosts: ['cloud.internal'] });
  await sendSigned(s3, { method: 'PUT', path: `/${Bucket}/kept`, body: 'kept' });
});
afterAll(() => s3.stop());

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS'];
const evil = 'https://evil.example';
const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const preflightFor = (method: string) => (method === 'OPTIONS' ? { 'access-control-request-method': 'PUT' } : {});

/** What a browser sends for a page that is not to be let in. */
const refused: readonly [string, Record<string, string>, string[]?][] = [
  ['a page of another origin', { origin: evil, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ['a page of another origin, in an old browser', { origin: evil }],
  ['a sandboxed page', { origin: 'null' }],
  ['a page on another port of this machine', { origin: 'http://localhost:9', 'sec-fetch-site': 'same-site' }],
  ['an origin that begins like an allowed one', { origin: 'http://app.example.evil.example' }],
  ['an allowed name by another scheme', { origin: 'https://app.example' }],
  [
    'no-cors, without an origin',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
  ],
  ['a form of another page', { origin: evil, 'content-type': 'application/x-www-form-urlencoded', ...navigation }],
  [
    'a frame in another page',
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  ],
  ['a name that resolves to this machine', { host: 'evil.example' }],
  ['a name that ends like a local one', { host: 'localhost.evil.example' }],
  ['an address of the network', { host: '192.168.0.7:80' }],
  ['a bucket below a foreign name', { host: `${Bucket}.evil.example` }],
];

describe.each(refused)('%s', (_who, headers) => {
  it.each(methods)('is refused %s, signed or not, and told nothing', async (method) => {
    const path = `/${Bucket}/kept`;
    const all = { host: s3.host, ...preflightFor(method), ...headers };
    const withSignature = signed({ method, path, host: all.host, headers: all });

    for (const fields of [all, withSignature]) {
      const answer = await sendBytes(
        s3.port,
        bytesOf({ method, path, headers: fields, body: method === 'PUT' ? 'evil' : '' }),
      );
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(answer.toLowerCase()).not.toContain('access-control-');
    }
    expect((await sendSigned(s3, { method: 'GET', path })).body).toBe('kept');
  });
});

describe('Host', () => {
  it.each(methods)('is refused %s when it is given twice, or not at all', async (method) => {
    const line = `${method} /${Bucket}/kept HTTP/1.1\r\n`;
    const end = 'content-length: 0\r\nconnection: close\r\n\r\n';

    expect(await sendBytes(s3.port, `${line}host: ${s3.host}\r\nhost: evil.example\r\n${end}`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(await sendBytes(s3.port, `${line}host: evil.example\r\nhost: ${s3.host}\r\n${end}`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(await sendBytes(s3.port, `${line}${end}`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each(['localhost', '127.0.0.1', '127.9.9.9', '[::1]', 'a.localhost', 'cloud.internal'])(
    'may be %s, for links that were signed for it or for the endpoint',
    async (name) => {
      const path = `/${Bucket}/kept`;
      const host = `${name}:${s3.port}`;
      const own = await sendBytes(
        s3.port,
        bytesOf({ method: 'GET', path, headers: signed({ method: 'GET', path, host }) }),
      );
      const link = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'kept' }), { expiresIn: 60 });
      const { pathname, search } = new URL(link);
      const forwarded = await sendBytes(
        s3.port,
        bytesOf({ method: 'GET', path: pathname + search, headers: { host } }),
      );

      expect([own, forwarded].map((answer) => answer.slice(-4))).toEqual(['kept', 'kept']);
    },
  );

  it('of the public endpoint is the first allowed one, and its links hold', async () => {
    const client = new S3Client({ endpoint: s3.s3.publicEndpoint, region, credentials });
    const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'kept' }), { expiresIn: 60 }));
    const answer = await sendBytes(
      s3.port,
      bytesOf({ method: 'GET', path: url.pathname + url.search, headers: { host: url.host } }),
    );

    expect(url.hostname).toBe(`${Bucket}.cloud.internal`); // SDKs put the bucket before a name
    expect(answer.slice(-4)).toBe('kept');
  });
});

describe('a page of an allowed origin', () => {
  const headers = { origin: 'http://app.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };

  it.each(['PUT', 'GET', 'HEAD'])('may %s, and read the answer', async (method) => {
    const path = `/${Bucket}/page`;
    const asked = {
      host: s3.host,
      ...headers,
      'access-control-request-method': method,
      'access-control-request-headers': 'content-type',
    };

    const preflight = await sendBytes(s3.port, bytesOf({ method: 'OPTIONS', path, headers: asked }));
    const { answer } = await sendSigned(s3, { method, path, headers, body: method === 'PUT' ? 'x' : '' });

    expect(preflight).toMatch(/^HTTP\/1\.1 200 /);
    for (const each of [preflight, answer])
      expect(each.toLowerCase()).toContain('access-control-allow-origin: http://app.example\r\n');
  });

  it.each(['DELETE', 'POST'])('may not %s, which the bucket does not allow it', async (method) => {
    const path = `/${Bucket}/kept`;
    const asked = { host: s3.host, ...headers, 'access-control-request-method': method };

    expect(await sendBytes(s3.port, bytesOf({ method: 'OPTIONS', path, headers: asked }))).toMatch(/^HTTP\/1\.1 403 /);
    expect((await sendSigned(s3, { method, path, headers })).status).toBe(403);
  });

  it.each(['/', '/another-bucket/kept', '/%2e%2e/kept'])(
    'may not ask for %s, of which no bucket allows it',
    async (path) => {
      const { status, answer } = await sendSigned(s3, { method: 'GET', path, headers });

      expect(status).toBe(403);
      expect(answer.toLowerCase()).not.toContain('access-control-');
    },
  );
});

describe('a link to an object', () => {
  it('may be followed from any page', async () => {
    const link = new URL(
      await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'kept' }), { expiresIn: 60 }),
    );
    const headers = { host: link.host, 'sec-fetch-site': 'cross-site', ...navigation };

    const answer = await sendBytes(s3.port, bytesOf({ method: 'GET', path: link.pathname + link.search, headers }));

    expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*kept$/);
  });

  it.each([
    ['another method', (url: URL) => ({ method: 'PUT', path: url.pathname + url.search })],
    ['another key', (url: URL) => ({ method: 'GET', path: `${url.pathname}x${url.search}` })],
    [
      'another time',
      (url: URL) => ({
        method: 'GET',
        path: url.pathname + url.search.replace(/X-Amz-Date=\w+/, 'X-Amz-Date=20200101T000000Z'),
      }),
    ],
    [
      'no time',
      (url: URL) => ({ method: 'GET', path: url.pathname + url.search.replace(/X-Amz-Date=\w+/, 'X-Amz-Date=x') }),
    ],
    [
      'another key id',
      (url: URL) => ({ method: 'GET', path: url.pathname + url.search.replace('MockAccessKeyId', 'Other') }),
    ],
    ['no signature', (url: URL) => ({ method: 'GET', path: url.pathname })],
  ])('is refused with %s', async (_what, request) => {
    const link = new URL(
      await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'kept' }), { expiresIn: 60 }),
    );

    expect(await sendBytes(s3.port, bytesOf({ ...request(link), headers: { host: link.host } }))).toMatch(
      /^HTTP\/1\.1 403 /,
    );
  });

  it('is refused when its time is over', async () => {
    const signingDate = new Date(Date.now() - 61_000);
    const link = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket, Key: 'late' }), {
      expiresIn: 60,
      signingDate,
    });

    expect((await fetch(link, { method: 'PUT', body: 'x' })).status).toBe(403);
  });
});
