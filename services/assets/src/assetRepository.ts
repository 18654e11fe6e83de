import type { Asset, AssetChanges } from '@app/contracts';
import {
  allOf,
  compare,
  conditionalUpdate,
  createOwnedItems,
  equals,
  isExpired,
  type PageRequest,
  queryPage,
  unexpired,
  within,
} from '@app/dynamodb';
import type { Version } from '@app/http';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

/** When assets were created: from and to, both inclusive. */
interface Created {
  readonly createdFrom?: string;
  readonly createdTo?: string;
}

/** An asset with its owner, as those that work for every owner see it. */
export type AssetRow = Asset & { readonly ownerId: string };

/** The partition of `status-index`: written with the status, always. */
export const inStatus = (ownerId: string, status: Asset['status']) => ({ status, ownerStatus: `${ownerId}#${status}` });

export const hidden = ['ownerStatus'];

/** Assets as stored. Absence is `undefined`; what that means to a caller is the handler's business. */
export const createAssetRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const assets = createOwnedItems<Asset>({ client, TableName, keyName: 'assetId', hidden });

  const list = (
    index: { IndexName: string; partition: Record<string, string> },
    { createdFrom, createdTo }: Created,
    page: PageRequest,
  ) =>
    queryPage<Asset>({
      client,
      TableName,
      ...index,
      keyAttributes: ['createdAt', 'assetId'],
      range: within('createdAt', createdFrom, createdTo),
      page,
      hidden,
    });

  return {
    ...assets,

    rename: (ownerId: string, assetId: string, { fileName }: AssetChanges, ifMatch?: readonly Version[]) =>
      assets.update(ownerId, assetId, { fileName }, ifMatch),

    listNewestFirst: (ownerId: string, created: Created, page: PageRequest) =>
      list({ IndexName: 'createdAt-index', partition: { ownerId } }, created, page),

    listByStatus: (ownerId: string, status: Asset['status'], created: Created, page: PageRequest) =>
      list(
        { IndexName: 'status-index', partition: { ownerStatus: inStatus(ownerId, status).ownerStatus } },
        created,
        page,
      ),

    /** Whoever's it is, as it is now. */
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
      const set = { ...outcome, ...inStatus(ownerId, outcome.status), updatedAt: now };
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
