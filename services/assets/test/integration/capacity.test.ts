import { documentClient } from '@app/dynamodb';
import { takeCapacity } from '@app/observability';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { assets } from '../../src/assets/composition.ts';
import { config } from '../../src/config.ts';
import { beginAsset, removeObject } from '../../src/uploads/composition.ts';

const { tableName: TableName } = config;
const input = { fileName: 'a.txt', contentType: 'text/plain', size: 5 };

const create = async (owner: string) => (await beginAsset(owner, input, { id: crypto.randomUUID() })).resource;

/** What the work consumes, in capacity units. */
const consumed = async (work: () => Promise<unknown>) => {
  takeCapacity();
  await work();
  return takeCapacity();
};

/** Assets of long ago, so that those of the test come first in every list. */
const fill = async (owner: string, count: number) => {
  const old = (index: number) => ({
    assetId: crypto.randomUUID(),
    ownerId: owner,
    ownerStatus: `${owner}#pending`,
    createdAt: new Date(Date.UTC(2020, 0, 1) + index).toISOString(),
  });
  for (let from = 0; from < count; from += 25) {
    const puts = Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: old(from + index) } }));
    await documentClient.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
  }
};

describe('what a request consumes', () => {
  it('is half a unit for a get, one for the consistent read of a confirmation', async () => {
    const owner = crypto.randomUUID();
    const { assetId } = await create(owner);

    expect(await consumed(() => assets.get(owner, assetId))).toEqual({ read: 0.5, write: 0 });
    expect(await consumed(() => assets.find(assetId))).toEqual({ read: 1, write: 0 });
  });

  it('is a row and its two index rows for a create, a rename and a delete', async () => {
    const owner = crypto.randomUUID();
    const { assetId } = await create(owner);

    expect(await consumed(() => create(owner))).toEqual({ read: 0, write: 3 });
    expect(await consumed(() => assets.rename(owner, assetId, { fileName: 'b.txt' }))).toEqual({ read: 0, write: 3 });
    expect(await consumed(() => assets.delete(owner, assetId))).toEqual({ read: 0, write: 3 });
  });

  it('is one more for a create under an Idempotency-Key: the hold of the id', async () => {
    const owner = crypto.randomUUID();
    const identity = { id: crypto.randomUUID(), payloadDigest: 'digest' };

    expect(await consumed(() => beginAsset(owner, input, identity))).toEqual({ read: 0, write: 4 });
  });

  it('is one more for the move to another status', async () => {
    const owner = crypto.randomUUID();
    const { assetId } = await create(owner);
    const row = await assets.find(assetId);

    expect(await consumed(() => assets.settle(row as never, { status: 'uploaded' }))).toEqual({ read: 0, write: 4 });
  });

  it('is two writes, without index, for the removal of an object', async () => {
    const s3Key = `assets/${crypto.randomUUID()}/a.txt`;

    expect(await consumed(() => removeObject(s3Key, 'a delivery'))).toEqual({ read: 0, write: 2 });
  });

  it('is for a page what its rows cost, the same at few assets and at many, on the first page and the next', async () => {
    const owner = crypto.randomUUID();
    for (let count = 0; count < 20; count++) await create(owner);
    await fill(owner, 50);
    const pages = async () => {
      for (const list of [
        assets.listNewestFirst.bind(undefined, owner, {}),
        assets.listByStatus.bind(undefined, owner, 'pending', {}),
      ]) {
        const first = await list({ limit: 8 });
        await list({ limit: 8, after: first.lastKey });
      }
    };
    const few = await consumed(pages);

    await fill(owner, 1000);

    expect(await consumed(pages)).toEqual(few);
    expect(few.read).toBeGreaterThan(0);
  });
});
