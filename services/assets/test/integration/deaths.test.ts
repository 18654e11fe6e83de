import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentClient, untilSettled } from '@app/dynamodb';
import { ownTable } from '@app/test-support';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { createAssetRepository } from '../../src/assets/assetRepository.ts';
import { config } from '../../src/config.ts';
import { createAssetCreation } from '../../src/uploads/createAssetCreation.ts';
import { createObjectRemoval } from '../../src/uploads/createObjectRemoval.ts';
import { createUploadConfirmation } from '../../src/uploads/createUploadConfirmation.ts';
import { createIdHoldRepository, holdTimeout, longestHold } from '../../src/uploads/idHoldRepository.ts';
import { aFile } from '../support/assetsApi.ts';
import { type Cut, cutOff, cutsOf, never } from '../support/cutOff.ts';
import { memoryObjects } from '../support/memoryObjects.ts';

const TableName = await ownTable(config.tableName); // without a stream: no consumer but the test's
const shorter = 50; // times, so that a test need not wait for half a minute
const holds = createIdHoldRepository(documentClient, TableName, longestHold / shorter);
const assets = createAssetRepository(documentClient, TableName);
const objects = memoryObjects();

const functions = readFileSync(join(import.meta.dirname, '../../functions.yml'), 'utf8');
/** How often an event is delivered before its source stops. */
const deliveriesTo = (name: string) =>
  1 + Number(new RegExp(`^${name}:[^]*?maximumRetryAttempts: (\\d+)`, 'm').exec(functions)?.[1]);
const removalDeliveries = deliveriesTo('removeObject');
const uploadDeliveries = deliveriesTo('confirmUpload');

const creation = (cut: Cut) => {
  const { wrap } = cutOff(cut);
  return createAssetCreation({
    client: wrap({ send: documentClient.send.bind(documentClient) }) as unknown as typeof documentClient,
    TableName,
    bucketName: 'a-bucket',
    holds: wrap(holds),
    objects: wrap(objects),
  });
};
const begin = creation(never);

/** An event as its source delivers it, until it succeeds or its source stops. The first delivery is cut off. */
const deliver = async <T>(
  deliveries: number,
  cut: Cut,
  handle: (wrap: ReturnType<typeof cutOff>['wrap']) => Promise<T>,
) => {
  const first = cutOff(cut);
  for (let count = 1; count <= deliveries; count++) {
    try {
      return await untilSettled(() => handle(count === 1 ? first.wrap : (store) => store), holdTimeout / shorter);
    } catch {
      // comes again
    }
  }
  return 'dead letter';
};

const deliverRemoval = (s3Key: string, cut: Cut, delivery: string = crypto.randomUUID()) =>
  deliver(removalDeliveries, cut, (wrap) =>
    createObjectRemoval({ holds: wrap(holds), objects: wrap(objects) })(s3Key, delivery),
  );

const deliverUpload = (s3Key: string, cut: Cut, delivery: string = crypto.randomUUID()) =>
  deliver(uploadDeliveries, cut, (wrap) => {
    const removeObject = createObjectRemoval({ holds: wrap(holds), objects: wrap(objects) });
    return createUploadConfirmation({ assets: wrap(assets), objects: wrap(objects), removeObject })(s3Key, delivery);
  });

const rowOf = async (assetId: string) =>
  (await documentClient.send(new GetCommand({ TableName, Key: { assetId }, ConsistentRead: true }))).Item;

const anOwner = () => ({ owner: crypto.randomUUID(), identity: { id: crypto.randomUUID(), payloadDigest: 'digest' } });

/** An uploaded asset of the past, whose row is deleted: its object is still there. */
const aDeleted = async ({ owner, identity }: ReturnType<typeof anOwner>) => {
  const { resource } = await begin(owner, aFile, identity);
  objects.upload(resource);
  await deliverUpload(resource.s3Key, never);
  await assets.delete(owner, resource.assetId);
  return resource;
};

describe('deliveries of one event', () => {
  it.each([
    ['of a row that has gone', removalDeliveries],
    ['of an upload', uploadDeliveries],
  ])('%s outlast the longest hold, even if one of them fails for another reason', (_case, deliveries) => {
    expect((deliveries - 1) * holdTimeout).toBeGreaterThan(longestHold);
  });
});

describe.each([never, ...cutsOf(3)])('a creator that is cut off $when its call $at', (creatorCut) => {
  it('leaves a key that every removal comes to an end with, wherever that is cut off, and that can be used again', async () => {
    const story = async (removalCut: Cut) => {
      const who = anOwner();
      const { assetId, s3Key } = await aDeleted(who);
      const removal = crypto.randomUUID();
      const creating = creation(creatorCut)(who.owner, aFile, who.identity).catch(() => undefined);
      const outcome = await deliverRemoval(s3Key, removalCut, removal);
      await creating;
      const left = { object: objects.has(s3Key), row: await rowOf(assetId) };
      const { resource } = await untilSettled(() => begin(who.owner, aFile, who.identity), 2 * holdTimeout); // the client asks again
      objects.upload(resource);
      const upload = await deliverUpload(s3Key, never);
      const late = await deliverRemoval(s3Key, never, removal); // a stream may tell twice
      return {
        isDeadLetter: outcome === 'dead letter',
        isOrphaned: left.object,
        isNeitherPendingNorGone: left.row !== undefined && left.row['status'] !== 'pending' && !left.row['heldBy'],
        end: [upload, late, (await rowOf(assetId))?.['status'], objects.has(s3Key)],
      };
    };

    const stories = await Promise.all([never, ...cutsOf(3)].map(story));

    expect(stories).toEqual(
      stories.map(() => ({
        isDeadLetter: false,
        isOrphaned: false,
        isNeitherPendingNorGone: false,
        end: ['uploaded', 'kept', 'uploaded', true],
      })),
    );
  });

  it('leaves no object that was uploaded meanwhile', async () => {
    const story = async (uploadCut: Cut) => {
      const who = anOwner();
      const old = await aDeleted(who);
      await deliverRemoval(old.s3Key, never);
      await creation(creatorCut)(who.owner, aFile, who.identity).catch(() => undefined);
      objects.upload(old); // by the URL of before
      const outcome = await deliverUpload(old.s3Key, uploadCut);
      const status = (await rowOf(old.assetId))?.['status'];
      return [outcome, objects.has(old.s3Key), status];
    };

    const stories = await Promise.all([never, ...cutsOf(5)].map(story));

    const isBegun = creatorCut.at === 0 || (creatorCut.at === 3 && creatorCut.when === 'after');
    const [outcomes, end] = isBegun
      ? [['superseded'], [true, 'pending']]
      : [
          ['removed', 'gone'],
          [false, undefined],
        ];
    for (const [outcome, ...left] of stories) {
      expect(outcomes).toContain(outcome);
      expect(left).toEqual(end);
    }
  });
});

const anUpload = async (size: number) => {
  const { resource } = await begin(crypto.randomUUID(), aFile, { id: crypto.randomUUID() });
  objects.upload(resource, size);
  return resource;
};

/** What lies under a key; each is of an asset of its own. */
const uploads = {
  'as it was declared': () => anUpload(5),
  'of another size': () => anUpload(6),
  'for an asset that is gone': async () => {
    const deleted = await aDeleted(anOwner());
    objects.upload(deleted);
    return deleted;
  },
  'for an asset that has failed': async () => {
    const failed = await anUpload(6);
    await deliverUpload(failed.s3Key, never);
    objects.upload(failed);
    return failed;
  },
  'again, with other bytes': async () => {
    const uploaded = await anUpload(5);
    await deliverUpload(uploaded.s3Key, never);
    objects.upload(uploaded, 6);
    return uploaded;
  },
};

describe('a single call that fails', () => {
  it.each(Object.entries(uploads))('changes nothing of what becomes of an upload %s', async (_case, given) => {
    const story = async (cut: Cut) => {
      const { assetId, s3Key } = await given();
      const outcome = await deliverUpload(s3Key, cut);
      const row = await rowOf(assetId);
      return { outcome, status: row?.['status'], version: row?.['version'], isThere: objects.has(s3Key) };
    };
    const undisturbed = await story(never);

    const stories = await Promise.all(cutsOf(5).map(story));

    const isGone = (outcome: unknown) => outcome === 'gone'; // told so the second time, where the first did all but say it
    expect(stories.map((each) => (isGone(each.outcome) ? { ...each, outcome: undisturbed.outcome } : each))).toEqual(
      stories.map(() => undisturbed),
    );
    expect(undisturbed.outcome).not.toBe('dead letter');
  });

  it('changes nothing of the removal of an object', async () => {
    const story = async (cut: Cut) => {
      const { assetId, s3Key } = await aDeleted(anOwner());
      return [await deliverRemoval(s3Key, cut), objects.has(s3Key), await rowOf(assetId)];
    };

    const stories = await Promise.all([never, ...cutsOf(3)].map(story));

    expect(stories).toEqual(stories.map(() => ['removed', false, undefined]));
  });
});
