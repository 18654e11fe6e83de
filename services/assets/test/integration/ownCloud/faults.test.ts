import type { FaultRequest } from '@app/local-cloud/src/faults/fault.ts';
import { type ServiceCloud, startServiceCloud } from '@app/test-support/serviceCloud';
import { settled } from '@app/test-support/time';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { config } from '../../../src/config.ts';
import { createObjectStore } from '../../../src/objects/objectStore.ts';
import { aFile } from '../../support/assetsApi.ts';
import { assetsClient } from '../../support/assetsClient.ts';
import { put } from '../../support/bucket.ts';

let cloud: ServiceCloud;
let assets: ReturnType<typeof assetsClient>;
let s3: S3Client;
let objects: ReturnType<typeof createObjectStore>;

const hello = 'hello';

beforeAll(async () => {
  cloud = await startServiceCloud('assets');
  assets = assetsClient(cloud.gateway);
  s3 = new S3Client({ endpoint: cloud.endpoints.s3 ?? '', requestChecksumCalculation: 'WHEN_REQUIRED' });
  objects = createObjectStore(s3, config.bucketName);
  const { asset, upload } = await assets.anAsset(aFile); // every function is started once
  await put(upload, hello);
  await assets.judged(asset.assetId);
  await assets.remove(asset.assetId);
  await isGone(asset.s3Key);
});

afterEach(() => cloud.faults.clear());

afterAll(async () => {
  s3.destroy();
  await cloud.stop();
});

const isGone = (s3Key: string) =>
  settled(
    () => objects.find(s3Key),
    (object) => object === undefined,
  );

const anUploaded = async (headers = {}) => {
  const { asset, upload } = await assets.anAsset(aFile, headers);
  await put(upload, hello);
  await assets.judged(asset.assetId);
  return asset;
};

/** By a tool, which no URL holds to what was declared. */
const putOtherwise = (Key: string) =>
  s3.send(new PutObjectCommand({ Bucket: config.bucketName, Key, Body: 'more than that', ContentType: 'text/plain' }));

type Case = readonly [name: string, fault: FaultRequest];

const attempts = 4; // of a client of S3 (objects/composition.ts): a fault that is to fail a call must outlast them

/** The ways in which an invocation that makes so many calls can end as a crash does. */
const endsOf = (name: string, calls: number): Case[] => {
  const end = { effect: 'end', function: `assets:${name}`, count: 1 } as const;
  return [
    ['ends before its calls', { ...end, moment: 'before' }],
    ...Array.from(
      { length: calls - 1 },
      (_, index): Case => [
        `ends when it has made ${index + 1} of its calls`,
        { ...end, moment: 'between', calls: index + 1 },
      ],
    ),
    ['ends after its calls', { ...end, moment: 'after' }],
  ];
};

/** What can become of one call of a function. */
const callsOf = (name: string, operation: string, service: 's3' | 'dynamodb'): Case[] => {
  const call = { function: `assets:${name}`, operation, service, count: 1 } as const;
  return [
    [`has its ${operation} throttled`, { ...call, effect: 'throttle' }],
    [`never gets the answer to its ${operation}`, { ...call, effect: 'lose' }],
    [`has its ${operation} cut off`, { ...call, effect: 'cut' }],
  ];
};

const twice = (name: string): Case => [
  'is called twice',
  { effect: 'duplicate', function: `assets:${name}`, count: 1 },
];

const switchOn = async (fault: FaultRequest) => {
  const { hits } = await cloud.faults.add(fault);
  return { untilMet: () => settled(hits, (count) => count === fault.count) };
};

describe('an upload makes its asset uploaded, once, although confirmUpload', () => {
  it.each([
    ...endsOf('confirmUpload', 3),
    ...callsOf('confirmUpload', 'HeadObject', 's3'),
    ...callsOf('confirmUpload', 'UpdateItem', 'dynamodb'),
    ['fails at its HeadObject', { effect: 'fail', function: 'assets:confirmUpload', service: 's3', count: attempts }],
    twice('confirmUpload'),
  ] satisfies Case[])('%s', async (_case, fault) => {
    const { untilMet } = await switchOn(fault);
    const { asset, upload } = await assets.anAsset(aFile);

    expect(await put(upload, hello)).toBe(200);

    expect(await assets.judged(asset.assetId)).toMatchObject({ status: 'uploaded', version: 2 });
    expect(await untilMet()).toBe(fault.count);
    expect((await assets.get(asset.assetId)).body).toMatchObject({ status: 'uploaded', version: 2 });
  });
});

describe('an upload of something else fails its asset, and is removed, although confirmUpload', () => {
  it.each([...endsOf('confirmUpload', 4), ...callsOf('confirmUpload', 'DeleteObject', 's3'), twice('confirmUpload')])(
    '%s',
    async (_case, fault) => {
      const { untilMet } = await switchOn(fault);
      const { asset } = await assets.anAsset(aFile);

      await putOtherwise(asset.s3Key);

      expect(await assets.judged(asset.assetId)).toMatchObject({ status: 'failed', version: 2 });
      expect(await untilMet()).toBe(fault.count);
      expect(await isGone(asset.s3Key)).toBeUndefined();
    },
  );
});

/** The last call of whoever has removed an object: it gives back its hold of the id. */
const releaseOf = (name: string) => ({ function: `assets:${name}`, operation: 'DeleteItem' }) as const;

describe('an upload that comes after its asset was deleted is removed although confirmUpload', () => {
  it.each(endsOf('confirmUpload', 5))('%s', async (_case, fault) => {
    const { asset, upload } = await assets.anAsset(aFile);
    const removal = await switchOn({ effect: 'delay', milliseconds: 0, ...releaseOf('removeObject'), count: 1 });
    await assets.remove(asset.assetId);
    await removal.untilMet(); // else it may come after the upload, and take that with it
    const { untilMet } = await switchOn(fault);

    expect(await put(upload, hello)).toBe(200);

    expect(await untilMet()).toBe(fault.count);
    expect(await isGone(asset.s3Key)).toBeUndefined();
  });
});

describe('the object of a deleted asset is removed although removeObject', () => {
  it.each([
    ...endsOf('removeObject', 3),
    ...callsOf('removeObject', 'PutItem', 'dynamodb'),
    ...callsOf('removeObject', 'DeleteObject', 's3'),
    ...callsOf('removeObject', 'DeleteItem', 'dynamodb'),
    ['fails at its DeleteObject', { effect: 'fail', function: 'assets:removeObject', service: 's3', count: attempts }],
    twice('removeObject'),
  ] satisfies Case[])('%s', async (_case, fault) => {
    const asset = await anUploaded();
    const { untilMet } = await switchOn(fault);

    expect((await assets.remove(asset.assetId)).status).toBe(204);

    expect(await untilMet()).toBe(fault.count);
    expect(await isGone(asset.s3Key)).toBeUndefined();
    expect((await assets.get(asset.assetId)).status).toBe(404);
  });
});

describe('an asset that is created again under its key, before the old object was removed', () => {
  it.each([...callsOf('createAsset', 'PutItem', 'dynamodb'), ...callsOf('createAsset', 'DeleteObject', 's3')])(
    'finds nothing of the old one although createAsset %s',
    async (_case, fault) => {
      const key = { 'idempotency-key': crypto.randomUUID() };
      const old = await anUploaded(key);
      const late = await cloud.faults.add({ effect: 'end', function: 'assets:removeObject', moment: 'before' });
      await assets.remove(old.assetId);
      const { untilMet } = await switchOn(fault);

      const { asset } = await assets.anAsset(aFile, key);

      expect(asset).toMatchObject({ assetId: old.assetId, status: 'pending', version: 1 });
      expect(await objects.find(asset.s3Key)).toBeUndefined();
      expect(await untilMet()).toBe(fault.count);
      await late.remove();
    },
  );
});
