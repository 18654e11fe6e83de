import { documentClient } from '@app/dynamodb';
import { createStreamHandler } from '@app/middleware';
import { lambdaContext } from '@app/test-support';
import { letPass, nextMillisecond, settled } from '@app/test-support/time';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../src/config.ts';
import { createObjectRemoval } from '../../src/uploads/createObjectRemoval.ts';
import { createIdHoldRepository } from '../../src/uploads/idHoldRepository.ts';
import { aFile, assetsApi, creationOf } from '../support/assetsApi.ts';
import { isGone, objects, put, s3 } from '../support/bucket.ts';

const { tableName: TableName } = config;
const holds = createIdHoldRepository(documentClient, TableName);

const anUploaded = async (
  api = assetsApi(),
  headers: Record<string, string> = {},
  fields: Partial<typeof aFile> = {},
) => {
  const creation = await api.anAsset(fields, headers);
  await put(creation.upload, 'hello');
  await settled(
    () => api.statusOf(creation.asset.assetId),
    (status) => status === 'uploaded',
  );
  return creation;
};

/** A table's stream is delivered in order: when the object of an asset that goes now is gone, so are those of before. */
const removalsAreDelivered = async (api: ReturnType<typeof assetsApi>) => {
  const { asset } = await anUploaded(api);
  await api.remove(asset.assetId);
  expect(await isGone(asset.s3Key)).toBeUndefined();
};

/** Sets an asset's expiry back, past the API, as time would. */
const expire = (assetId: string, ttl?: number) =>
  documentClient.send(
    new UpdateCommand({
      TableName,
      Key: { assetId },
      UpdateExpression: ttl === undefined ? 'SET expiresAt = :past REMOVE #ttl' : 'SET expiresAt = :past, #ttl = :ttl',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':past': new Date(Date.now() - 1000).toISOString(),
        ...(ttl !== undefined && { ':ttl': ttl }),
      },
    }),
  );

/** The sweep that stands in for DynamoDB's comes round every five seconds: it has the time of all the other tests. */
const expiring = (async () => {
  const { asset } = await anUploaded();
  await expire(asset.assetId, Math.floor(Date.now() / 1000) - 10);
  return asset.s3Key;
})();
expiring.catch(() => {}); // its own test fails by it

describe('the object of an asset', () => {
  it('goes with it', async () => {
    const api = assetsApi();
    const { asset } = await anUploaded(api);

    expect((await api.remove(asset.assetId)).status).toBe(204);

    expect(await isGone(asset.s3Key)).toBeUndefined();
  });

  it('that is uploaded after the asset was deleted is removed', async () => {
    const api = assetsApi();
    const { asset, upload } = await api.anAsset();
    await api.remove(asset.assetId);

    expect(await put(upload, 'hello')).toBe(200);

    expect(await isGone(asset.s3Key)).toBeUndefined();
  });
});

describe('an asset that is deleted and created again under one Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'the same' };

  it('keeps its new object, round after round', async () => {
    const api = assetsApi();
    for (let round = 0; round < 3; round++) {
      const { asset } = await anUploaded(api, headers);
      await api.remove(asset.assetId);
    }
    const { asset } = await anUploaded(api, headers);
    await removalsAreDelivered(api);

    expect(await objects.find(asset.s3Key)).toMatchObject({ size: 5, uploadedFor: asset.createdAt });
    expect(await api.statusOf(asset.assetId)).toBe('uploaded');
  });

  it('finds nothing of the old one under its key', async () => {
    const api = assetsApi();
    const { asset: old } = await anUploaded(api, headers);
    await api.remove(old.assetId);

    const { asset } = await api.anAsset({}, headers);

    expect(asset).toMatchObject({ assetId: old.assetId, s3Key: old.s3Key, status: 'pending', version: 1 });
    expect(await objects.find(asset.s3Key)).toBeUndefined();
  });

  it('does not take an upload by the old URL for its own', async () => {
    const api = assetsApi();
    const { asset: old, upload: oldUpload } = await api.anAsset({}, headers);
    await api.remove(old.assetId);
    await nextMillisecond(); // a createdAt of its own
    const { asset, upload } = await api.anAsset({}, headers);

    await put(oldUpload, 'hello');
    await letPass(300, 'the upload may not count');
    const meanwhile = await api.statusOf(asset.assetId);
    await put(upload, 'hello');
    const after = await settled(
      () => api.statusOf(asset.assetId),
      (status) => status === 'uploaded',
    );

    expect([meanwhile, after]).toEqual(['pending', 'uploaded']);
  });

  it('under another name, leaves nothing under the old one', async () => {
    const api = assetsApi();
    const { asset: old } = await anUploaded(api, headers);
    await api.remove(old.assetId);

    const { asset } = await anUploaded(api, headers, { fileName: 'other.txt' });

    expect(asset.assetId).toBe(old.assetId);
    expect(await isGone(old.s3Key)).toBeUndefined();
    expect(await objects.find(asset.s3Key)).toBeDefined();
  });

  it('after it had expired, and before its row was removed, leaves nothing of the old', async () => {
    const api = assetsApi();
    const { asset: old } = await anUploaded(api, headers);
    await expire(old.assetId);

    const { asset } = await anUploaded(api, headers, { fileName: 'other.txt' });

    expect(asset).toMatchObject({ assetId: old.assetId, fileName: 'other.txt' });
    expect(await isGone(old.s3Key)).toBeUndefined();
    expect(await objects.find(asset.s3Key)).toBeDefined();
  });

  it('is made once by ten who ask at the same time, and all of them can upload', async () => {
    const api = assetsApi();

    const responses = await Promise.all(Array.from({ length: 10 }, () => api.create(aFile, headers)));

    const ids = responses.map((response) => creationOf(response).asset.createdAt);
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 201));
    expect(new Set(ids).size).toBe(1);
    expect(responses.filter((response) => response.headers['Idempotency-Replayed'] !== 'true')).toHaveLength(1);
    expect(await put(creationOf(responses[9] as never).upload, 'hello')).toBe(200);
  });
});

describe('a removal', () => {
  const stored = async (s3Key: string) =>
    s3.send(new PutObjectCommand({ Bucket: config.bucketName, Key: s3Key, Body: 'hello', ContentType: 'text/plain' }));

  it('holds the id for as long as it lasts: whoever creates under it waits, and keeps what they upload', async () => {
    const api = assetsApi();
    const headers = { 'idempotency-key': 'held' };
    const { asset: old } = await api.anAsset({}, headers);
    await api.remove(old.assetId);
    const begun = Promise.withResolvers<void>();
    const order: string[] = [];
    const slowly = createObjectRemoval({
      holds,
      objects: {
        remove: async (s3Key) => {
          begun.resolve();
          await letPass(200, 'the removal is slow');
          await objects.remove(s3Key);
          order.push('removed');
        },
      },
    });

    const removing = slowly(old.s3Key, 'a delivery');
    await begun.promise;
    const { asset, upload } = await api.anAsset({}, headers);
    order.push('created');
    await put(upload, 'hello');
    await removing;

    expect(order).toEqual(['removed', 'created']);
    expect(asset.assetId).toBe(old.assetId);
    expect(await objects.find(asset.s3Key)).toBeDefined();
  });

  it('that was cut off goes on when its event is delivered again, and no other meanwhile', async () => {
    const { asset } = await assetsApi().anAsset();
    const other = `assets/${crypto.randomUUID()}/a.txt`;
    const [, id = ''] = other.split('/');
    await holds.take(id, 'delivery 1'); // and died
    const removeObject = createObjectRemoval({ holds, objects: { remove: async () => {} } });

    await expect(removeObject(other, 'delivery 1')).resolves.toBe('removed');
    await holds.take(id, 'delivery 2');
    await expect(removeObject(other, 'delivery 1')).rejects.toThrow('is held by delivery 2');
    await expect(removeObject(asset.s3Key, 'delivery 3')).resolves.toBe('kept');
  });

  it('that fails twice is done in the end, in order, with nothing lost and nothing left', async () => {
    const api = assetsApi();
    const { asset: kept } = await api.anAsset();
    const gone = [1, 2, 3].map((number) => `assets/${crypto.randomUUID()}/${number}.txt`);
    await stored(kept.s3Key);
    for (const s3Key of gone) await objects.remove(s3Key);
    const removed: string[] = [];
    let failures = 2;
    const removeObject = createObjectRemoval({
      holds,
      objects: {
        remove: async (s3Key) => {
          if (s3Key === gone[1] && failures-- > 0) throw new Error('S3 is not well');
          removed.push(s3Key);
          await objects.remove(s3Key);
        },
      },
    });
    const handler = createStreamHandler<{ s3Key?: string }>({
      worker: 'removeObject',
      handle: ({ oldImage, eventId }) => removeObject(oldImage?.s3Key ?? '', eventId),
    });
    const records = [gone[0], kept.s3Key, gone[1], gone[2]].map((s3Key, index) => ({
      eventID: `event ${index}`,
      eventName: 'REMOVE',
      dynamodb: { SequenceNumber: String(index), OldImage: { s3Key: { S: s3Key } } },
    }));

    let rest = records;
    let deliveries = 0;
    for (; rest.length > 0; deliveries++) {
      const { batchItemFailures } = await handler({ Records: rest } as unknown as DynamoDBStreamEvent, lambdaContext());
      const first = Math.min(...batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier)));
      rest = batchItemFailures.length === 0 ? [] : records.slice(first);
    }

    expect(deliveries).toBe(3);
    expect(removed).toEqual(gone);
    expect(await objects.find(kept.s3Key)).toBeDefined();
  });
});

describe('the object of an asset that DynamoDB removes for its TTL', () => {
  it('goes with it', async () => {
    expect(await isGone(await expiring)).toBeUndefined();
  });
});
