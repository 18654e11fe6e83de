import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Bucket, sendSigned, startTestS3, type TestS3 } from './support/s3.ts';

let s3: TestS3;
let before: string[];
const secret = 'the secret outside';

/** Everything below a folder but the store itself: names, contents, times of change. */
const snapshot = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path === s3.folder) return [];
    if (entry.isDirectory()) return [path].concat(snapshot(path));
    return [`${path} ${readFileSync(path, 'utf8')} ${statSync(path).mtimeMs}`];
  });

beforeAll(async () => {
  s3 = await startTestS3();
  for (const folder of ['outside/empty', 'data/dynamodb', 'data/empty'])
    mkdirSync(join(s3.root, folder), { recursive: true });
  for (const file of ['secret', 'outside/secret', 'data/secret', 'data/dynamodb/secret'])
    for (const suffix of ['', '._S3rver_object', '.txt']) writeFileSync(join(s3.root, file + suffix), secret);
  await sendSigned(s3, { method: 'PUT', path: `/${Bucket}/own`, body: 'own' });
  before = snapshot(s3.root);
});
afterAll(() => s3.stop());

const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll('/', '%2F'),
  (text) => text.replaceAll('.', '%2e'),
  (text) => text.replaceAll(/[./]/g, (char) => `%${char.charCodeAt(0).toString(16)}`),
  (text) => text.replaceAll(/[./]/g, (char) => `%25${char.charCodeAt(0).toString(16)}`), // twice
  (text) => text.replaceAll('/', '\\'),
  (text) => text.replaceAll('/', '%5C'),
  (text) => text.replaceAll('.', '%c0%ae'), // overlong UTF-8
  (text) => `${text}%00.txt`,
  (text) => `/${text}`,
  (text) => `%2F${text}`,
];
const keys = fc
  .record({
    climbs: fc.array(fc.constantFrom('..', '.', '...', '', 'a'), { minLength: 1, maxLength: 8 }),
    target: fc.constantFrom('secret', 'outside/secret', 'dynamodb/secret', 'empty', 'new', 'outside/empty', '..', ''),
    encoded: fc.constantFrom(...encodings),
  })
  .map(({ climbs, target, encoded }) => encoded([...climbs, target].join('/')));

const form = (key: string) =>
  [
    '--b',
    'Content-Disposition: form-data; name="key"',
    '',
    key,
    '--b',
    'Content-Disposition: form-data; name="file"; filename="../../f"',
    '',
    'x',
    '--b--',
    '',
  ].join('\r\n');
const xml = (key: string) => `<Delete><Object><Key>${key.replaceAll('&', '&amp;')}</Key></Object></Delete>`;
const complete =
  '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>';

type Door = (key: string) => Parameters<typeof sendSigned>[1];
const doors: Readonly<Record<string, Door>> = {
  'PUT of a key': (key) => ({ method: 'PUT', path: `/${Bucket}/${key}`, body: 'x' }),
  'GET of a key': (key) => ({ method: 'GET', path: `/${Bucket}/${key}` }),
  'HEAD of a key': (key) => ({ method: 'HEAD', path: `/${Bucket}/${key}` }),
  'DELETE of a key': (key) => ({ method: 'DELETE', path: `/${Bucket}/${key}` }),
  'GET of a bucket': (key) => ({ method: 'GET', path: `/${key}` }),
  'PUT of a bucket': (key) => ({ method: 'PUT', path: `/${key}` }),
  'PUT into a bucket': (key) => ({ method: 'PUT', path: `/${key}/new`, body: 'x' }),
  'DELETE of a bucket': (key) => ({ method: 'DELETE', path: `/${key}` }),
  'a prefix': (key) => ({ method: 'GET', path: `/${Bucket}?list-type=2&prefix=${key.replaceAll('&', '%26')}` }),
  'a marker': (key) => ({ method: 'GET', path: `/${Bucket}?marker=${key}&delimiter=%2F` }),
  'a continuation token': (key) => ({
    method: 'GET',
    path: `/${Bucket}?list-type=2&continuation-token=${Buffer.from(key).toString('base64url')}`,
  }),
  'a form': (key) => ({
    method: 'POST',
    path: `/${Bucket}`,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: form(key),
  }),
  'the file name of a form': () => ({
    method: 'POST',
    path: `/${Bucket}`,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body: form(`\${filename}`),
  }),
  'the source of a copy': (key) => ({
    method: 'PUT',
    path: `/${Bucket}/copy`,
    headers: { 'x-amz-copy-source': `/${Bucket}/${key}` },
  }),
  'the source bucket of a copy': (key) => ({
    method: 'PUT',
    path: `/${Bucket}/copy`,
    headers: { 'x-amz-copy-source': key },
  }),
  'the source of a copy, in the query': (key) => ({
    method: 'PUT',
    path: `/${Bucket}/copy?x-amz-copy-source=${Bucket}/${key}`,
  }),
  'the target of a copy': (key) => ({
    method: 'PUT',
    path: `/${Bucket}/${key}`,
    headers: { 'x-amz-copy-source': `/${Bucket}/own` },
  }),
  'a deletion of several': (key) => ({ method: 'POST', path: `/${Bucket}?delete`, body: xml(key) }),
  'the key of a multipart upload': (key) => ({ method: 'POST', path: `/${Bucket}/${key}?uploads` }),
  'the id of an upload of a part': (key) => ({
    method: 'PUT',
    path: `/${Bucket}/k?partNumber=1&uploadId=${key}`,
    body: 'x',
  }),
  'the number of a part': (key) => ({ method: 'PUT', path: `/${Bucket}/k?partNumber=${key}&uploadId=x`, body: 'x' }),
  'the id of a completed upload': (key) => ({ method: 'POST', path: `/${Bucket}/k?uploadId=${key}`, body: complete }),
  'the id of an aborted upload': (key) => ({ method: 'DELETE', path: `/${Bucket}/k?uploadId=${key}` }),
  tags: (key) => ({ method: 'PUT', path: `/${Bucket}/${key}?tagging`, body: '<Tagging/>' }),
  'a website': (key) => ({
    method: 'PUT',
    path: `/${Bucket}?website`,
    body: `<WebsiteConfiguration><IndexDocument><Suffix>${key}</Suffix></IndexDocument></WebsiteConfiguration>`,
  }),
};

describe('a key that leads out of the bucket', () => {
  it.each(Object.entries(doors))(
    'changes and shows nothing outside by %s',
    async (_name, request) => {
      await fc.assert(
        fc.asyncProperty(keys, async (key) => {
          const { status, answer } = await sendSigned(s3, request(key));

          expect(status).toBeGreaterThanOrEqual(200);
          expect(status).not.toBe(500);
          expect(answer).not.toContain(secret);
        }),
        { numRuns: 40 },
      );
      expect(snapshot(s3.root)).toEqual(before);
    },
    30_000,
  );

  it.each([
    ['..', 'a/../../b'],
    ['..', '..%2F..%2F..%2F..%2Fx'],
    ['..', '%2e%2e/x'],
    ['..', '%2E%2E%2Fx'],
    ['..', '..%5C..%5Cx'],
    ['..', '..\\x'],
    ['..', 'a/..'],
    ['.', './x'],
    ['.', 'a/%2e/x'],
    ['NUL', 'a%00b'],
  ])('is refused with its name: %s in %s', async (_what, key) => {
    const { status, body } = await sendSigned(s3, { method: 'PUT', path: `/${Bucket}/${key}`, body: 'x' });

    expect(status).toBe(400);
    expect(body).toContain('<Code>InvalidArgument</Code>');
    expect(body).toContain(`<Key>${decodeURIComponent(key).replace('\0', '&#x0;')}</Key>`);
  });

  it.each([['%252e%252e%252Fx'], ['...'], ['a..b/..c'], ['%2Fx'], ['/x'], ['C:%5Cx'], ['a//b']])(
    'is an ordinary key when no segment of it is dots: %s',
    async (key) => {
      const put = await sendSigned(s3, { method: 'PUT', path: `/${Bucket}/${key}`, body: key });
      const get = await sendSigned(s3, { method: 'GET', path: `/${Bucket}/${key}` });

      expect([put.status, get.body]).toEqual([200, key]);
      expect(snapshot(s3.root)).toEqual(before);
    },
  );

  it('follows no link that somebody has put into the store', async () => {
    for (const file of readdirSync(join(s3.folder, 'files'))) {
      rmSync(join(s3.folder, 'files', file));
      symlinkSync(join(s3.root, 'secret'), join(s3.folder, 'files', file));
    }

    const { status, answer } = await sendSigned(s3, { method: 'GET', path: `/${Bucket}/own` });

    expect(status).toBe(500);
    expect(answer).not.toContain(secret);
  });
});
