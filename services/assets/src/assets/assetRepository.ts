import type { Asset, AssetChanges } from '@app/contracts/assets';
import {
  allOf,
  compare,
  conditionalUpdate,
  createOwnedItems,
  derivedBy,
  equals,
  isExpired,
  type PageRequest,
  unexpired,
} from '@app/dynamodb';
import type { Version } from '@app/resource';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { assetsTable } from '../tables.ts';

/** When assets were created: from and to, both inclusive. */
interface Created {
  readonly createdFrom?: string;
  readonly createdTo?: string;
}

/** An asset with its owner, as those that work for every owner see it. */
export type AssetRow = Asset & { readonly ownerId: string };

/** Assets as stored. Absence is `undefined`; what that means to a caller is the handler's business. */
export const createAssetRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const assets = createOwnedItems({ client, TableName, table: assetsTable });

  return {
    get: (ownerId: string, assetId: string) => assets.get(ownerId, assetId),

    delete: (ownerId: string, assetId: string, ifMatch?: readonly Version[]) =>
      assets.delete(ownerId, assetId, ifMatch),

    rename: (ownerId: string, assetId: string, changes: AssetChanges, ifMatch?: readonly Version[]) =>
      assets.update(ownerId, assetId, changes, ifMatch),

    listNewestFirst: (ownerId: string, { createdFrom: from, createdTo: to }: Created, page: PageRequest) =>
      assets.list('newest', { ownerId }, { from, to, page }),

    listByStatus: (
      ownerId: string,
      status: Asset['status'],
      { createdFrom: from, createdTo: to }: Created,
      page: PageRequest,
    ) => assets.list('byStatus', { ownerId, status }, { from, to, page }),

    /** Consistent read, whoever the owner. */
    async find(assetId: string): Promise<AssetRow | undefined> {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { assetId }, ConsistentRead: true }));
      const row = Item as AssetRow | undefined;
      return row?.s3Key && !isExpired(row, new Date().toISOString()) ? row : undefined;
    },

    /**
     * Writes what has come of an upload. Resolves to false when this very asset (not one that came back under its id) is
     * gone or has failed: a failed asset stays so.
     */
    async settle(
      { assetId, ownerId, createdAt }: AssetRow,
      outcome: Pick<Asset, 'status'> & Partial<Pick<Asset, 'checksum' | 'uploadedAt'>>,
    ): Promise<boolean> {
      const now = new Date().toISOString();
      const set = { ...outcome, ...derivedBy(assetsTable, outcome, { ownerId }), updatedAt: now };
      const isIt = allOf(equals('createdAt', createdAt), compare('status', '<>', 'failed'), unexpired(now));
      const { written } = await conditionalUpdate(client, {
        TableName,
        Key: { assetId },
        update: { set, increment: 'version' },
        condition: isIt,
      });
      return written;
    },
  };
};

export type AssetRepository = ReturnType<typeof createAssetRepository>;
