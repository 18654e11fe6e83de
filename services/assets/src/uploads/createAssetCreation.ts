import type { Asset, AssetInput } from '@app/contracts/assets';
import { conditionalPut, createOwnedItems, equals, newRow, shownBy, untilSettled, withDerived } from '@app/dynamodb';
import { ContentionError, type Creation, IdempotencyKeyReusedError, type Identity } from '@app/resource';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { objectKey } from '../objects/objectKey.ts';
import type { ObjectStore } from '../objects/objectStore.ts';
import { assetsTable } from '../tables.ts';
import type { IdHoldRepository, Occupant } from './idHoldRepository.ts';

interface Dependencies {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  readonly bucketName: string;
  readonly holds: Pick<IdHoldRepository, 'take'>;
  readonly objects: Pick<ObjectStore, 'remove'>;
}

const lifetime = 30 * 24 * 3600 * 1000; // milliseconds; the bucket's lifecycle rule has the same days

const shown = shownBy(assetsTable);

/** The asset that the same Idempotency-Key made before. */
const replay = (occupant: Occupant & { payloadDigest?: string }, { id, payloadDigest }: Identity): Creation<Asset> => {
  if (occupant.payloadDigest !== payloadDigest) throw new IdempotencyKeyReusedError(id);
  return { resource: shown(occupant), replayed: true };
};

/**
 * Creates an asset, or finds the one that the same Idempotency-Key made. An id that such a key gives can have had an asset
 * before: it is held while what that one may have left under the new key is removed, and turns into the asset then.
 */
export const createAssetCreation = ({ client, TableName, bucketName, holds, objects }: Dependencies) => {
  const assets = createOwnedItems({ client, TableName, table: assetsTable });

  const rowInput = (input: AssetInput, id: string) => ({
    ...input,
    status: 'pending' as const,
    s3Key: objectKey(id, input.fileName),
    s3Bucket: bucketName,
    expiresAt: new Date(Date.now() + lifetime).toISOString(),
  });

  const beginHeld = async (row: object, holder: string) => {
    const { written } = await conditionalPut(client, {
      TableName,
      Item: withDerived(assetsTable, row),
      condition: equals('heldBy', holder),
    });
    if (!written) throw new ContentionError(`The hold of ${holder} has ended`);
  };

  return async (owner: string, input: AssetInput, identity: Identity): Promise<Creation<Asset>> => {
    const { id, payloadDigest } = identity;
    if (payloadDigest === undefined) return assets.create(owner, rowInput(input, id), identity);
    return untilSettled(async () => {
      const holder = crypto.randomUUID();
      const occupant = await holds.take(id, holder);
      if (occupant?.heldBy) throw new ContentionError(`${id} is held by ${occupant.heldBy}`);
      if (occupant) return replay(occupant, identity);
      const now = new Date().toISOString();
      const row = { assetId: id, ...newRow({ owner, input: rowInput(input, id), payloadDigest, now }) };
      await objects.remove(objectKey(id, input.fileName));
      await beginHeld(row, holder);
      return { resource: shown(row), replayed: false };
    });
  };
};
