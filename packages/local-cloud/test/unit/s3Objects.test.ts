import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { eventually } from '@app/test-support/time';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { checksumHeaders } from '../../src/s3/checksums.ts';
import type { CreatedObject } from '../../src/s3/types.ts';
import { Bucket, sendSigned, startTestS3, type TestS3 } from './support/s3.ts';

let s3: TestS3;
const created: CreatedObject[] = [];
beforeAll(async () => {
  s3 = await startTestS3();
  s3.s3.onObjectCreated((object) => created.push(object));
});
afterAll(() => s3.stop());

const files = () => readdirSync(join(s3.folder, 'files')).length;
const put = (Key: string, Body: string | Buffer = 'hello', more: object = {}) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more: object = {}) => {
  const { Body, ...rest } = await s3.client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...rest, text: (await Body?.transformToString()) ?? '' };
};
const md5 = (text: string | Buffer) => createHash('md5').update(text).digest('hex');
const failure = (error: { name: string }) => error.name;

describe('an object', () => {
  it('comes back with its bytes, type, metadata and entity tag', async () => {
    await put('a/b c+ä.txt', 'hello', { ContentType: 'text/plain', CacheControl: 'no-store', Metadata: { by: 'me' } });

    expect(await get('a/b c+ä.txt')).toMatchObject({
      text: 'hello',
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      Metadata: { by: 'me' },
      ETag: `"${md5('hello')}"`,
      ContentLength: 5,
    });
    expect(created.at(-1)).toMatchObject({
      bucket: Bucket,
      key: 'a/b c+ä.txt',
      size: 5,
      etag: md5('hello'),
      how: 'Put',
    });
  });

  it('of any bytes comes back as it was, however it is sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100_000 }), fc.boolean(), async (array, isStream) => {
        const bytes = Buffer.from(array);
        const Body = isStream ? Readable.from([bytes]) : bytes;
        await s3.client.send(new PutObjectCommand({ Bucket, Key: 'any', Body, ContentLength: bytes.length }));

        const { Body: back } = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'any' }));
        expect(Buffer.compare(Buffer.from((await back?.transformToByteArray()) ?? []), bytes)).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['bytes=1-2', 'el'],
    ['bytes=3-', 'lo'],
    ['bytes=-2', 'lo'],
    ['bytes=0-99', 'hello'],
    ['bytes=x', 'hello'],
  ])('is read in part by %s', async (Range, text) => {
    await put('ranged');

    expect((await get('ranged', { Range })).text).toBe(text);
  });

  it('is refused a range beyond its end, and conditions that do not hold', async () => {
    const { ETag } = await put('conditional');

    expect(await get('conditional', { Range: 'bytes=9-' }).catch(failure)).toBe('InvalidRange');
    expect(await get('conditional', { IfMatch: '"x"' }).catch(failure)).toBe('PreconditionFailed');
    const headers = { 'if-none-match': ETag ?? '' };
    expect((await sendSigned(s3, { method: 'GET', path: `/${Bucket}/conditional`, headers })).status).toBe(304);
    expect(await put('conditional', 'x', { IfNoneMatch: '*' }).catch(failure)).toBe('PreconditionFailed');
    expect(
      await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'conditional', IfMatch: '"x"' })).catch(failure),
    ).toBe('PreconditionFailed');
    expect((await get('conditional')).text).toBe('hello');
  });

  it('that is gone is a 404, and its bytes are gone from the disk', async () => {
    const before = files();
    await put('removed');
    await put('removed', 'again');
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'removed' }));
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'removed' }));

    expect(await get('removed').catch(failure)).toBe('NoSuchKey');
    expect(await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'removed' })).catch(failure)).toBe('NotFound');
    expect(await eventually(() => files() === before)).toBe(true);
  });

  it('is read to its end while it is written over', async () => {
    const old = randomBytes(3_000_000);
    await put('over', old);
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'over' }));
    await put('over', 'new');

    expect(md5(Buffer.from((await Body?.transformToByteArray()) ?? []))).toBe(md5(old));
    expect((await get('over')).text).toBe('new');
  });

  it('is copied, with its metadata or other', async () => {
    await put('dir/ö 1', 'hello', { ContentType: 'text/x' });
    const CopySource = `${Bucket}/${encodeURIComponent('dir/ö 1')}`;
    await s3.client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
    await s3.client.send(
      new CopyObjectCommand({ Bucket, Key: 'copy2', CopySource, MetadataDirective: 'REPLACE', ContentType: 'text/y' }),
    );

    expect(await get('copy')).toMatchObject({ text: 'hello', ContentType: 'text/x' });
    expect(await get('copy2')).toMatchObject({ text: 'hello', ContentType: 'text/y' });
    expect(created.at(-1)).toMatchObject({ key: 'copy2', how: 'Copy' });
  });

  it('is copied only as the client wants its source', async () => {
    const { ETag } = await put('source');
    const copy = (more: object) =>
      s3.client.send(new CopyObjectCommand({ Bucket, Key: 'copy3', CopySource: `${Bucket}/source`, ...more }));

    expect(await copy({ CopySourceIfMatch: '"x"' }).catch(failure)).toBe('PreconditionFailed');
    expect(await copy({ CopySourceIfNoneMatch: ETag }).catch(failure)).toBe('PreconditionFailed');
    expect(await get('copy3').catch(failure)).toBe('NoSuchKey');
    expect((await copy({ CopySourceIfMatch: ETag })).CopyObjectResult?.ETag).toBe(ETag);
  });

  it('whose event cannot be kept is not there, and its upload is refused', async () => {
    const other = await startTestS3();
    other.s3.onObjectCreated(() => {
      throw new Error('the disk is full');
    });

    const { status } = await sendSigned(other, { method: 'PUT', path: `/${Bucket}/lost`, body: 'x' });
    const found = await sendSigned(other, { method: 'GET', path: `/${Bucket}/lost` });
    await other.stop();

    expect([status, found.status]).toEqual([500, 404]);
  });
});

describe('checksums', () => {
  it.each([
    ['x-amz-checksum-crc32', 'cbf43926'],
    ['x-amz-checksum-crc32c', 'e3069283'],
    ['x-amz-checksum-crc64nvme', 'ae8b14860a799888'],
    ['content-md5', md5('123456789')],
  ])('of %s are those of its standard', (header, expected) => {
    const digest = checksumHeaders.get(header)?.create();
    digest?.update(Buffer.from('1234'));
    digest?.update(Buffer.from('56789'));

    expect(digest?.end().toString('hex')).toBe(expected);
  });

  const digestOf = (header: string, text: string) => {
    const digest = checksumHeaders.get(header)?.create();
    digest?.update(Buffer.from(text));
    return digest?.end().toString('base64') ?? '';
  };

  it.each([...checksumHeaders.keys()])(
    '%s of another body refuses an upload, and nothing is stored',
    async (header) => {
      const before = files();
      const send = (Key: string, value: string) =>
        sendSigned(s3, { method: 'PUT', path: `/${Bucket}/${Key}`, headers: { [header]: value }, body: 'hello' });

      const wrong = await send('wrong', digestOf(header, 'hallo'));
      const nonsense = await send('wrong', 'nonsense');
      const right = await send(`right-${header}`, digestOf(header, 'hello'));

      expect([wrong.status, wrong.body]).toEqual([400, expect.stringContaining('<Code>BadDigest</Code>')]);
      expect([nonsense.status, nonsense.body]).toEqual([400, expect.stringContaining('<Code>InvalidDigest</Code>')]);
      expect(right.status).toBe(200);
      expect(await get('wrong').catch(failure)).toBe('NoSuchKey');
      expect(await eventually(() => files() === before + 1)).toBe(true);
    },
  );

  it('of a signed payload are compared', async () => {
    const headers = { 'x-amz-content-sha256': createHash('sha256').update('hallo').digest('hex') };
    const { body } = await sendSigned(s3, { method: 'PUT', path: `/${Bucket}/wrong`, headers, body: 'hello' });

    expect(body).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  });

  it('of a trailer are compared', async () => {
    const trailed = (value: number) => {
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32BE(value);
      const body = `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:${checksum.toString('base64')}\r\n\r\n`;
      const headers = {
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': '5',
        'x-amz-trailer': 'x-amz-checksum-crc32',
      };
      return sendSigned(s3, { method: 'PUT', path: `/${Bucket}/trailed`, headers, body });
    };

    expect((await trailed(1)).body).toContain('<Code>BadDigest</Code>');
    expect((await trailed(crc32('hello'))).status).toBe(200);
    const { text, ContentEncoding } = await get('trailed');
    expect([text, ContentEncoding]).toEqual(['hello', undefined]);
  });
});

describe('a listing', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'a-', 'a0', 'ä', '😀', '&<', '..a', ''), {
    minLength: 1,
    maxLength: 3,
  });
  const keys = fc.uniqueArray(
    words.map((parts) => `list/${parts.join('/')}`),
    { minLength: 1, maxLength: 12 },
  );
  const inOrder = (texts: readonly string[]) =>
    texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const clear = async (all: readonly string[]) =>
    s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: all.map((Key) => ({ Key })) } }));

  it('names every object once, in order, whatever its pages', async () => {
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (all, MaxKeys, isGrouped) => {
        for (const key of all) await put(key, 'x');
        const found: string[] = [];
        const wanted = { Bucket, Prefix: 'list/', MaxKeys, ...(isGrouped && { Delimiter: '/' }) };
        for (let token: string | undefined, page = 0; page < 20; page += 1) {
          const answer = await s3.client.send(new ListObjectsV2Command({ ...wanted, ContinuationToken: token }));
          const names = [
            ...(answer.Contents ?? []).map(({ Key }) => Key),
            ...(answer.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
          ];
          expect(names.length).toBeLessThanOrEqual(MaxKeys);
          found.push(...inOrder(names.map(String)));
          token = answer.NextContinuationToken;
          if (!token) break;
        }
        await clear(all);

        const end = (key: string) => key.indexOf('/', 'list/'.length);
        const grouped = all.map((key) => (isGrouped && end(key) !== -1 ? key.slice(0, end(key) + 1) : key));
        expect(found).toEqual(inOrder([...new Set(grouped)]));
      }),
      { numRuns: 15 },
    );
  });

  it('goes on after a key, in both versions', async () => {
    for (const key of ['v/1', 'v/2', 'v/3']) await put(key);
    const first = await s3.client.send(new ListObjectsCommand({ Bucket, Prefix: 'v/', Marker: 'v/1', MaxKeys: 1 }));
    const second = await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'v/', StartAfter: 'v/1' }));

    expect([first.Contents?.map(({ Key }) => Key), first.IsTruncated]).toEqual([['v/2'], true]);
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['v/2', 'v/3']);
  });

  it('of the buckets names those that services declare', async () => {
    expect((await s3.client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  });
});

describe('a multipart upload', () => {
  const size = 5 * 1024 * 1024;
  const begin = async (Key: string) =>
    (await s3.client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/big' }))).UploadId;

  it('becomes one object of its parts, one of them copied', async () => {
    const [Key, first] = ['big', randomBytes(size)];
    await put('part', 'the end of it');
    const UploadId = await begin(Key);
    const one = await s3.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: first }));
    const CopySource = `${Bucket}/part`;
    const copied = { Bucket, Key, UploadId, PartNumber: 2, CopySource, CopySourceRange: 'bytes=4-6' };
    const two = await s3.client.send(new UploadPartCopyCommand(copied));
    const Parts = [one.ETag, two.CopyPartResult?.ETag].map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    const done = await s3.client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );

    const { Body, ContentType } = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
    expect(md5(Buffer.from((await Body?.transformToByteArray()) ?? []))).toBe(
      md5(Buffer.concat([first, Buffer.from('end')])),
    );
    expect([done.ETag, ContentType]).toEqual([expect.stringMatching(/^"[\da-f]{32}-2"$/), 'text/big']);
    expect(created.at(-1)).toMatchObject({ key: Key, size: size + 3, how: 'CompleteMultipartUpload' });
  });

  it.each([
    ['a part that is not there', [{ PartNumber: 2, ETag: md5('x') }], 'InvalidPart'],
    ['a part of other bytes', [{ PartNumber: 1, ETag: md5('y') }], 'InvalidPart'],
    [
      'parts out of order',
      [
        { PartNumber: 3, ETag: md5('x') },
        { PartNumber: 1, ETag: md5('x') },
      ],
      'InvalidPartOrder',
    ],
    [
      'a small part before the last',
      [
        { PartNumber: 1, ETag: md5('x') },
        { PartNumber: 3, ETag: md5('x') },
      ],
      'EntityTooSmall',
    ],
    ['no part', [], 'MalformedXML'],
  ])('is not completed with %s', async (_what, Parts, code) => {
    const Key = 'incomplete';
    const UploadId = await begin(Key);
    for (const PartNumber of [1, 3])
      await s3.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: 'x' }));

    const completing = s3.client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    expect(await completing.catch(failure)).toBe(code);
    expect(await get(Key).catch(failure)).toBe('NoSuchKey');
  });

  it('that is given up leaves nothing, and takes no more parts', async () => {
    const before = files();
    const Key = 'given up';
    const UploadId = await begin(Key);
    await s3.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'x' }));
    await s3.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'y' }));
    await s3.client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));

    const late = s3.client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 2, Body: 'x' }));
    expect(await late.catch(failure)).toBe('NoSuchUpload');
    expect(await eventually(() => files() === before)).toBe(true);
  });
});
