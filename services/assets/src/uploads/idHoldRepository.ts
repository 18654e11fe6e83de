import { absent, anyOf, compare, conditionalDelete, conditionalPut, equals, ttlOf } from '@app/dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Milliseconds that a hold lasts: whoever takes one is at its end sooner (30 s), clocks that differ included. */
export const longestHold = 35_000;

/**
 * Milliseconds for which an event's delivery waits for another's hold to end. The holder may have died: the deliveries of an
 * event, three of them at the least, must outlast the longest hold, even if one is lost for another reason.
 */
export const holdTimeout = 20_000;

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
export const createIdHoldRepository = (client: DynamoDBDocumentClient, TableName: string, longest = longestHold) => ({
  /** Resolves to undefined when the id is held now, by `holder` alone; the same holder may ask again. */
  async take(assetId: string, holder: string): Promise<Occupant | undefined> {
    const now = Date.now();
    const expiresAt = new Date(now + longest).toISOString();
    const isFree = anyOf(
      absent('assetId'),
      compare('expiresAt', '<=', new Date(now).toISOString()),
      equals('heldBy', holder),
    );
    const Item = { assetId, heldBy: holder, expiresAt, ttl: ttlOf(expiresAt) };
    const { written, row } = await conditionalPut(client, { TableName, Item, condition: isFree });
    return written ? undefined : row;
  },

  /** A hold that has ended is not there to be released. */
  async release(assetId: string, holder: string): Promise<void> {
    await conditionalDelete(client, { TableName, Key: { assetId }, condition: equals('heldBy', holder) });
  },
});

export type IdHoldRepository = ReturnType<typeof createIdHoldRepository>;
