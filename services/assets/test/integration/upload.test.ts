import { letPass, settled } from '@app/test-support/time';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import { config } from '../../src/config.ts';
import { assetsApi } from '../support/assetsApi.ts';
import { isGone, objects, put, s3 } from '../support/bucket.ts';

const md5OfHello = 'md5:5d41402abc4b2a76b9719d911017c592';

const uploaded = (api: ReturnType<typeof assetsApi>, assetId: string) =>
  settled(
    () => api.statusOf(assetId),
    (status) => status !== 'pending',
  );

describe('an upload', () => {
  it('of what was declared makes the asset uploaded, with its checksum, and downloadable under its name', async () => {
    const api = assetsApi();
    const { asset, upload } = await api.anAsset({ fileName: 'Jahresbericht „2026“.txt' });
    const before = await api.download(asset.assetId);

    expect(await put(upload, 'hello')).toBe(200);
    expect(await uploaded(api, asset.assetId)).toBe('uploaded');

    const { body } = await api.get(asset.assetId);
    const download = await api.download(asset.assetId);
    const file = await fetch(String(download.body?.['url']));
    expect(before.status).toBe(409);
    expect(body).toMatchObject({ checksum: md5OfHello, uploadedAt: expect.any(String), version: 2 });
    expect(await file.text()).toBe('hello');
    expect(file.headers.get('content-type')).toBe('text/plain');
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="Jahresbericht _2026_.txt"; filename*=UTF-8''Jahresbericht%20%E2%80%9E2026%E2%80%9C.txt`,
    );
  });

  it('counts once, however often it is told of', async () => {
    const api = assetsApi();
    const { asset, upload } = await api.anAsset();
    await put(upload, 'hello');
    await uploaded(api, asset.assetId);

    await put(upload, 'hello');
    await put(upload, 'hello');
    await letPass(300, 'nothing more may come of the two events');

    expect((await api.get(asset.assetId)).body).toMatchObject({ status: 'uploaded', version: 2 });
  });

  it.each([
    ['of another length', 'hello!', {}],
    ['of another type', 'hello', { 'Content-Type': 'text/html' }],
    ['without a type', 'hello', { 'Content-Type': '' }],
  ])('%s is refused by the bucket', async (_case, bytes, headers) => {
    const api = assetsApi();
    const { asset, upload } = await api.anAsset();

    expect(await put(upload, bytes, headers)).toBe(403);
    expect(await objects.find(asset.s3Key)).toBeUndefined();
    expect(await api.statusOf(asset.assetId)).toBe('pending');
  });

  it('by a URL past its hour is refused, and is taken within it', async () => {
    const { asset, upload } = await assetsApi().anAsset();
    const command = { Bucket: config.bucketName, Key: asset.s3Key, ContentType: asset.contentType, ContentLength: 5 };
    const signedAgo = (seconds: number) =>
      getSignedUrl(s3, new PutObjectCommand(command), {
        expiresIn: 3600,
        signingDate: new Date(Date.now() - seconds * 1000),
        signableHeaders: new Set(['content-type', 'content-length', 'host']),
      });

    expect(await put({ ...upload, url: await signedAgo(3601) }, 'hello')).toBe(403);
    expect(await objects.find(asset.s3Key)).toBeUndefined();
    expect(await put({ ...upload, url: await signedAgo(3500) }, 'hello')).toBe(200);
  });

  it.each([
    ['its signature', (url: URL) => url.searchParams.set('X-Amz-Signature', '0'.repeat(64))],
    ['its expiry', (url: URL) => url.searchParams.set('X-Amz-Expires', '7200')],
    ['its date', (url: URL) => url.searchParams.set('X-Amz-Date', '20200101T000000Z')],
    ['its key', (url: URL) => (url.pathname += '.exe')],
    ['whom it is for', (url: URL) => url.searchParams.set('x-amz-meta-uploaded-for', '2020-01-01T00:00:00.000Z')],
    ['its whole signing', (url: URL) => (url.search = '')],
  ])('by a URL with %s altered is refused', async (_case, alter) => {
    const { asset, upload } = await assetsApi().anAsset();
    const url = new URL(upload.url);
    alter(url);

    expect(await put({ ...upload, url: url.href }, 'hello')).toBe(403);
    expect(await objects.find(asset.s3Key)).toBeUndefined();
  });

  it('by a URL whose hour is over is refused', async () => {
    const { asset, upload } = await assetsApi().anAsset();
    const { s3Key: Key, s3Bucket: Bucket, contentType: ContentType, size: ContentLength } = asset;
    const signedAgo = async (seconds: number) =>
      getSignedUrl(s3, new PutObjectCommand({ Bucket, Key, ContentType, ContentLength }), {
        expiresIn: 3600,
        signableHeaders: new Set(['content-type', 'content-length', 'host']),
        signingDate: new Date(Date.now() - seconds * 1000),
      });

    expect(await put({ ...upload, url: await signedAgo(3601) }, 'hello')).toBe(403);
    expect(await objects.find(asset.s3Key)).toBeUndefined();
    expect(await put({ ...upload, url: await signedAgo(3590) }, 'hello')).toBe(200);
  });

  it.each([
    ['size', { Body: 'much more than that', ContentType: 'text/plain' }],
    ['type', { Body: 'hello', ContentType: 'text/html' }],
  ])('that gets past the URL with another %s fails the asset for good, and is removed', async (_case, object) => {
    const api = assetsApi();
    const { asset, upload } = await api.anAsset();

    await s3.send(new PutObjectCommand({ Bucket: config.bucketName, Key: asset.s3Key, ...object }));

    expect(await uploaded(api, asset.assetId)).toBe('failed');
    expect(await isGone(asset.s3Key)).toBeUndefined();
    expect((await api.download(asset.assetId)).status).toBe(409);
    expect(await put(upload, 'hello')).toBe(200);
    expect(await isGone(asset.s3Key)).toBeUndefined();
    expect(await api.statusOf(asset.assetId)).toBe('failed');
  });

  it('that breaks off leaves nothing', async () => {
    const { asset, upload } = await assetsApi().anAsset({ size: 1_000_000 });
    const broken = new AbortController();
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(500_000)),
    });
    const headers = { ...upload.headers };
    setTimeout(() => broken.abort(), 100);

    const sending = fetch(upload.url, {
      method: 'PUT',
      headers,
      body,
      duplex: 'half',
      signal: broken.signal,
    });

    await expect(sending).rejects.toThrow('aborted');
    expect(await objects.find(asset.s3Key)).toBeUndefined();
  });

  it('to a key that no asset can have is removed', async () => {
    const key = `assets/stray-${crypto.randomUUID()}/file.txt`;
    await s3.send(new PutObjectCommand({ Bucket: config.bucketName, Key: key, Body: 'x' }));

    expect(await isGone(key)).toBeUndefined();
  });

  it('of a file of a megabyte keeps every byte', async () => {
    const api = assetsApi();
    const bytes = crypto.getRandomValues(new Uint8Array(65_536));
    const whole = new Uint8Array(1_048_576).map((_, index) => bytes[index % 65_536] ?? 0);
    const { asset, upload } = await api.anAsset({ size: whole.length, contentType: 'application/octet-stream' });
    await put(upload, whole);
    await uploaded(api, asset.assetId);

    const { body } = await api.download(asset.assetId);
    const fetched = new Uint8Array(await (await fetch(String(body?.['url']))).arrayBuffer());

    expect(Buffer.compare(fetched, whole)).toBe(0);
  });
});

describe('200 small uploads at once', () => {
  it('all end as uploaded', async () => {
    const api = assetsApi();
    const creations: Awaited<ReturnType<typeof api.anAsset>>[] = [];
    for (let from = 0; from < 200; from += 20)
      creations.push(...(await Promise.all(Array.from({ length: 20 }, () => api.anAsset()))));

    const statuses = await Promise.all(creations.map(({ upload }) => put(upload, 'hello')));
    const count = async () => {
      const pages = await Promise.all(
        ['uploaded', 'pending', 'failed'].map((status) => api.list(`status=${status}&limit=100`)),
      );
      return pages.map(({ body }) => Number(body?.['count']));
    };
    await settled(count, ([, pending]) => pending === 0, { within: 40_000 });

    expect(new Set(statuses)).toEqual(new Set([200]));
    const rows: unknown[] = [];
    for (let from = 0; from < 200; from += 20)
      rows.push(
        ...(await Promise.all(creations.slice(from, from + 20).map(({ asset }) => api.statusOf(asset.assetId)))),
      );
    expect(new Set(rows)).toEqual(new Set(['uploaded']));
  });
});

describe('file names', () => {
  it.each([
    ['slashes', '../../etc/passwd', '.._.._etc_passwd'],
    ['backslashes', 'C:\\temp\\a.txt', 'C:_temp_a.txt'],
    ['dots alone', '..', '__'],
    ['control characters', 'a\u0000b\r\nc.txt', 'a_b__c.txt'],
    ['marks of direction', 'invoice\u202Efdp.exe', 'invoice_fdp.exe'],
    ['what URLs mean something by', "50% + a&b=c?d#e;f'(g)*!~.txt", "50% + a&b=c?d#e;f'(g)*!~.txt"],
    ['other scripts', 'תמונה 見積書 😀.jpg', 'תמונה 見積書 😀.jpg'],
    ['255 code points of four bytes', '𝄞'.repeat(255), '𝄞'.repeat(50)],
  ])('with %s come back as given, and make a safe key that can be uploaded to', async (_case, fileName, safe) => {
    const api = assetsApi();
    const { asset, upload } = await api.anAsset({ fileName });

    expect(asset).toMatchObject({ fileName, s3Key: `assets/${asset.assetId}/${safe}` });
    expect(await put(upload, 'hello')).toBe(200);
    expect(await uploaded(api, asset.assetId)).toBe('uploaded');
    const { body } = await api.download(asset.assetId);
    const file = await fetch(String(body?.['url']));
    const [, encoded = ''] = /filename\*=UTF-8''(.*)$/.exec(file.headers.get('content-disposition') ?? '') ?? [];
    expect(decodeURIComponent(encoded)).toBe(fileName);
    expect(await file.text()).toBe('hello');
  });
});

describe('a browser', () => {
  const preflight = async (url: string, origin: string) =>
    fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' },
    });

  it('of an allowed origin may upload, and read the answer', async () => {
    const { upload } = await assetsApi().anAsset();
    const origin = 'http://localhost:5173';

    const asked = await preflight(upload.url, origin);
    const sent = await fetch(upload.url, {
      method: 'PUT',
      headers: { 'Content-Type': 'text/plain', origin },
      body: 'hello',
    });

    expect(asked.status).toBe(200);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(asked.headers.get('access-control-allow-headers')).toContain('content-type');
    expect(sent.status).toBe(200);
    expect(sent.headers.get('access-control-allow-origin')).toBe(origin);
    expect(sent.headers.get('access-control-expose-headers')).toContain('ETag');
  });

  it('of another is told nothing', async () => {
    const { upload } = await assetsApi().anAsset();

    const asked = await preflight(upload.url, 'https://evil.example');

    expect(asked.status).toBe(403);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the bucket', () => {
  it('shows nothing to anyone without a signature', async () => {
    const api = assetsApi();
    const { asset, upload } = await api.anAsset();
    await put(upload, 'hello');
    const bare = new URL(upload.url);
    bare.search = '';

    expect((await fetch(bare)).status).toBe(403);
    expect((await s3.send(new HeadObjectCommand({ Bucket: config.bucketName, Key: asset.s3Key }))).ContentLength).toBe(
      5,
    );
  });
});
