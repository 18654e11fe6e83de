import { absent, anyOf, compare, equals, expressions, ttlOf } from '@app/dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

const longest = 35_000; // milliseconds: whoever takes a hold is at its end sooner (29 s), clocks that differ included

/** What stands under an id that could not be held: a live asset, or another holder. */
export interface Occupant {
  readonly heldBy?: string;
  readonly s3Key?: string;
}

/**
 * Holds ids that no live asset has. While an id is held no asset can begin under it, so that the removal of an object
 * cannot meet the upload of the next asset with the same id and key (docs/decisions/0031). A hold is a row of the table
 * without owner or key: no caller sees it. One whose holder died ends by itself.
 */
export const createIdHolds = (client: DynamoDBDocumentClient, TableName: string) => ({
  /** Resolves to undefined when the id is held now, by `holder` alone; the same holder may ask again. */
  async take(assetId: string, holder: string): Promise<Occupant | undefined> {
    const now = Date.now();
    const expiresAt = new Date(now + longest).toISOString();
    const isFree = anyOf(
      absent('assetId'),
      compare('expiresAt', '<=', new Date(now).toISOString()),
      equals('heldBy', holder),
    );
    try {
      await client.send(
        new PutCommand({
          TableName,
          Item: { assetId, heldBy: holder, expiresAt, ttl: ttlOf(expiresAt) },
          ...expressions({ condition: isFree }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return unmarshall(error.Item) as Occupant;
    }
  },

  async release(assetId: string, holder: string): Promise<void> {
    try {
      const condition = equals('heldBy', holder);
      await client.send(new DeleteCommand({ TableName, Key: { assetId }, ...expressions({ condition }) }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error; // it had ended: nothing to release
    }
  },
});

export type IdHolds = ReturnType<typeof createIdHolds>;
