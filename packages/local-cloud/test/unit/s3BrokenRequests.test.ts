import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Bucket, bytesOf, sendBytes, sendSigned, signed, startTestS3, type TestS3 } from './support/s3.ts';

let s3: TestS3;
let stored: number;
const files = () => readdirSync(join(s3.folder, 'files')).length;

beforeAll(async () => {
  s3 = await startTestS3();
  await sendSigned(s3, { method: 'PUT', path: `/${Bucket}/kept`, body: 'kept' });
  stored = files();
});
afterAll(() => s3.stop());

/** The object is as it was, and nothing has been left on the disk. */
const isUnharmed = async () => {
  const { body } = await sendSigned(s3, { method: 'GET', path: `/${Bucket}/kept` });
  return body === 'kept' && eventually(() => files() === stored);
};
const signedFields = (headers: Record<string, string>, path = `/${Bucket}/new`) =>
  Object.entries(signed({ method: 'PUT', path, host: s3.host, headers }))
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
const upload = (headers: Record<string, string>) => `PUT /${Bucket}/new HTTP/1.1\r\n${signedFields(headers)}`;
const chunked = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'x-amz-decoded-content-length': '5' };
const length = (text: string) => `content-length: ${text.length}\r\n\r\n${text}`;

const requests: Readonly<Record<string, () => string>> = {
  'no HTTP': () => 'nonsense\r\n\r\n',
  TLS: () => '\u0016\u0003\u0001\u0002\0\u0001\0\u0001',
  'HTTP/2': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a target of one star': () => `OPTIONS * HTTP/1.1\r\nhost: ${s3.host}\r\nconnection: close\r\n\r\n`,
  'a target without a slash': () => `GET x HTTP/1.1\r\nhost: ${s3.host}\r\nconnection: close\r\n\r\n`,
  'an absolute target': () => `GET http://evil.example/ HTTP/1.1\r\nhost: ${s3.host}\r\nconnection: close\r\n\r\n`,
  'a target with half an escape': () =>
    `GET /${Bucket}/%E0%A4%A HTTP/1.1\r\nhost: ${s3.host}\r\nconnection: close\r\n\r\n`,
  'a target that is no UTF-8': () => `GET /${Bucket}/%ff HTTP/1.1\r\nhost: ${s3.host}\r\nconnection: close\r\n\r\n`,
  'a query with half an escape': () =>
    `GET /${Bucket}?prefix=%E0 HTTP/1.1\r\nhost: ${s3.host}\r\nconnection: close\r\n\r\n`,
  'a target of 12 KB': () =>
    `GET /${Bucket}/${'a'.repeat(12_000)} HTTP/1.1\r\nhost: ${s3.host}\r\nconnection: close\r\n\r\n`,
  'headers of 40 KB': () => `GET / HTTP/1.1\r\nhost: ${s3.host}\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`,
  CONNECT: () => `CONNECT evil.example:443 HTTP/1.1\r\nhost: ${s3.host}\r\n\r\n`,
  'an upgrade': () => `GET / HTTP/1.1\r\nhost: ${s3.host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`,
  'both lengths': () =>
    `PUT /${Bucket}/x HTTP/1.1\r\nhost: ${s3.host}\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  'an unknown expectation': () =>
    `PUT /${Bucket}/x HTTP/1.1\r\nhost: ${s3.host}\r\nexpect: tea\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  'nonsense for a signature': () =>
    `GET /${Bucket}/kept HTTP/1.1\r\nhost: ${s3.host}\r\nauthorization: AWS4-HMAC-SHA256 nonsense\r\nconnection: close\r\n\r\n`,
  'a signature of version 2': () =>
    `GET /${Bucket}/kept HTTP/1.1\r\nhost: ${s3.host}\r\nauthorization: AWS a:b\r\nconnection: close\r\n\r\n`,
  'a body shorter than its length': () => `${upload({})}content-length: 10\r\n\r\nhello`,
  'no length': () => `${upload({})}connection: close\r\n\r\n`,
  'chunks of HTTP that break off': () => `${upload({})}transfer-encoding: chunked\r\n\r\n5\r\nhel`,
  'chunks of HTTP that are none': () => `${upload({})}transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n`,
  'aws-chunks without a size': () => upload({ ...chunked }) + length('hello\r\n0\r\n\r\n'),
  'aws-chunks that break off': () => upload({ ...chunked }) + length('5\r\nhel'),
  'aws-chunks of another size': () => upload({ ...chunked }) + length('3\r\nhello\r\n0\r\n\r\n'),
  'aws-chunks without an end': () => upload({ ...chunked }) + length('5\r\nhello\r\n'),
  'aws-chunks of another length than announced': () => upload({ ...chunked }) + length('4\r\nhell\r\n0\r\n\r\n'),
  'aws-chunks with a huge size': () => upload({ ...chunked }) + length('ffffffff\r\nhello\r\n0\r\n\r\n'),
  'aws-chunks with a line of 8 KB': () => upload({ ...chunked }) + length(`${'5'.repeat(8000)}\r\nhello`),
  'aws-chunks without their length': () =>
    upload({ 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }) + length('0\r\n\r\n'),
  'a trailer that does not come': () =>
    upload({ ...chunked, 'x-amz-trailer': 'x-amz-checksum-crc32' }) + length('5\r\nhello\r\n0\r\n\r\n'),
  'a trailer of another body': () =>
    upload({ ...chunked, 'x-amz-trailer': 'x-amz-checksum-crc32' }) +
    length('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'),
  'a payload hash that is none': () => upload({ 'x-amz-content-sha256': 'nonsense' }) + length('hello'),
  'an MD5 that is none': () => upload({ 'content-md5': 'nonsense' }) + length('hello'),
};

describe('a client that sends', () => {
  it.each(Object.entries(requests))(
    '%s gets an error or a closed connection, and harms nobody',
    async (_what, request) => {
      const answer = await sendBytes(s3.port, Buffer.from(request(), 'latin1'), { end: true });

      expect(answer).toMatch(/^(?:$|HTTP\/1\.1 4\d\d |HTTP\/1\.1 501 )/);
      expect(await isUnharmed()).toBe(true);
    },
  );

  it('random bytes harms nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (count) => {
        expect(await sendBytes(s3.port, randomBytes(count), { end: true })).toMatch(/^(?:$|HTTP\/1\.1 4\d\d )/);
      }),
      { numRuns: 100 },
    );
    expect(await isUnharmed()).toBe(true);
  });

  it('a request cut off anywhere harms nobody', async () => {
    const headers = signed({ method: 'PUT', path: `/${Bucket}/kept`, host: s3.host });
    const whole = bytesOf({ method: 'PUT', path: `/${Bucket}/kept`, headers, body: 'another' });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (count) => {
        await sendBytes(s3.port, whole.subarray(0, count), { end: true });
      }),
      { numRuns: 60 },
    );
    expect(await isUnharmed()).toBe(true);
  });

  it('an upload and resets the connection in the middle leaves nothing', async () => {
    const headers = signed({ method: 'PUT', path: `/${Bucket}/new`, host: s3.host });
    const start = bytesOf({ method: 'PUT', path: `/${Bucket}/new`, headers, body: 'x'.repeat(500_000) }).subarray(
      0,
      100_000,
    );
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = connect(s3.port, '127.0.0.1');
        socket.on('error', () => {});
        await new Promise((resolve) => {
          socket.write(start, resolve);
        });
        socket.resetAndDestroy();
      }),
    );

    expect(await isUnharmed()).toBe(true);
  });
});

const bodies: readonly [string, string, string][] = [
  ['no XML', `/${Bucket}?delete`, 'nonsense'],
  ['nothing', `/${Bucket}?delete`, ''],
  ['an empty list', `/${Bucket}?delete`, '<Delete></Delete>'],
  ['an object without a key', `/${Bucket}?delete`, '<Delete><Object></Object></Delete>'],
  ['a key with elements', `/${Bucket}?delete`, '<Delete><Object><Key><a/></Key></Object></Delete>'],
  [
    'an entity of its own',
    `/${Bucket}?delete`,
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Delete><Object><Key/></Object></Delete>',
  ],
  ['1,001 keys', `/${Bucket}?delete`, `<Delete>${'<Object><Key>a</Key></Object>'.repeat(1001)}</Delete>`],
  ['beginnings without ends', `/${Bucket}?delete`, `<Delete>${'<Object>'.repeat(200_000)}`],
  ['spaces without ends', `/${Bucket}?delete`, `<Delete>${'<Object '.repeat(200_000)}`],
  ['3 MB', `/${Bucket}?delete`, 'x'.repeat(3_000_000)],
  [
    'parts of an upload that there is not',
    `/${Bucket}/k?uploadId=x`,
    '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
  ],
  ['tags', `/${Bucket}/kept?tagging`, '<Tagging/>'],
  ['a form', `/${Bucket}`, 'key=x'],
  ['a selection', `/${Bucket}/kept?select&select-type=2`, '<x/>'],
];

describe('a client that posts', () => {
  it.each(bodies)('%s gets an error in XML', async (_what, path, body) => {
    const { status, answer } = await sendSigned(s3, { method: 'POST', path, body });

    expect([400, 404, 405, 501]).toContain(status);
    expect(answer).toMatch(/<Error><Code>\w+<\/Code><Message>/);
    expect(await isUnharmed()).toBe(true);
  });
});

describe('what the services, SDKs and the CLI do not need', () => {
  it.each([
    ['PUT', `/new-bucket-name`],
    ['DELETE', `/${Bucket}`],
    ['PUT', `/${Bucket}?cors`],
    ['PUT', `/${Bucket}?website`],
    ['GET', `/${Bucket}?policy`],
    ['GET', `/${Bucket}?versions`],
    ['GET', `/${Bucket}?uploads`],
    ['GET', `/${Bucket}/kept?acl`],
    ['PUT', `/${Bucket}/kept?tagging`],
    ['GET', `/${Bucket}/kept?versionId=1`],
    ['GET', `/${Bucket}/kept?partNumber=1`],
    ['POST', `/${Bucket}`],
  ])('is refused as not implemented: %s %s', async (method, path) => {
    const { status, body } = await sendSigned(s3, { method, path });

    expect([status, body]).toEqual([501, expect.stringContaining('<Code>NotImplemented</Code>')]);
  });

  it.each(['PATCH', 'TRACE', 'PROPFIND'])('is refused as a method that is not allowed: %s', async (method) => {
    expect((await sendSigned(s3, { method, path: `/${Bucket}/kept` })).status).toBe(405);
  });
});
