import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** A place among those who wait. */
export interface Place {
  readonly leave: () => Promise<void>;
}

interface Options {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  /** How many there are. */
  readonly most: number;
  readonly now?: () => number;
}

const perRow = 50; // 15 bytes a lease: a row stays below 1 KB, and a write at 1 WCU
const mostRows = 3; // in which one caller looks for a place
const grace = 9; // seconds from the end of waiting: a last look that began in time may take so long

/** A lease: when it runs out, and who has it. Its holder's death frees its place within 30 s: 20 of waiting, and these. */
const leaseFor = (seconds: number, now: number) =>
  `${Math.ceil(now / 1000 + seconds + grace).toString(36)}.${crypto.randomUUID().slice(0, 8)}`;

const hasRunOut = (now: number) => (lease: string) => Number.parseInt(lease, 36) * 1000 <= now;

/**
 * Places for those who wait. The leases of up to fifty are a set in one row, and whoever takes a place adds to it on
 * condition of its size: one write where there is room, one where there is none. Leases that were not given back are
 * removed by whoever finds the row full (docs/decisions/0042).
 */
export const createWaitingPlaceRepository = ({ client, TableName, most, now = Date.now }: Options) => {
  const rows = Math.ceil(most / perRow);

  /** Requests have UUIDs for ids: no client can name such a row. */
  const update = (row: number, leases: readonly string[], input: Partial<UpdateCommandInput>) =>
    client.send(
      new UpdateCommand({
        TableName,
        Key: { requestId: `waiting-${row}` },
        ...input,
        ExpressionAttributeValues: { ':leases': new Set(leases), ...input.ExpressionAttributeValues },
      }),
    );

  const remove = (row: number, leases: readonly string[]) =>
    update(row, leases, { UpdateExpression: 'DELETE leases :leases' });

  /** Undefined when the lease is in the row; the others there when these are as many as may be. */
  const add = async (row: number, lease: string): Promise<readonly string[] | undefined> => {
    const isRoom = 'attribute_not_exists(leases) OR size(leases) < :most';
    const isThere = 'contains(leases, :lease)'; // by an attempt whose answer was lost
    try {
      await update(row, [lease], {
        UpdateExpression: 'ADD leases :leases',
        ConditionExpression: `${isRoom} OR ${isThere}`,
        ExpressionAttributeValues: { ':most': Math.floor((most + row) / rows), ':lease': lease },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
      return [...(unmarshall(error.Item) as { leases: Set<string> }).leases];
    }
  };

  /** Three writes at the most: no second time is made room for somebody who was not fast enough. */
  const takeIn = async (row: number, lease: string): Promise<boolean> => {
    const others = await add(row, lease);
    const lost = others?.filter(hasRunOut(now())) ?? [];
    if (lost.length === 0) return others === undefined;
    await remove(row, lost);
    return (await add(row, lease)) === undefined;
  };

  return {
    /** A place for so many seconds; undefined when all are taken. */
    async take(seconds: number): Promise<Place | undefined> {
      const lease = leaseFor(seconds, now());
      const first = Math.floor(Math.random() * rows);
      for (let asked = 0; asked < Math.min(rows, mostRows); asked++) {
        const row = (first + asked) % rows;
        if (await takeIn(row, lease)) return { leave: () => remove(row, [lease]).then(() => undefined) };
      }
      return undefined;
    },
  };
};

export type WaitingPlaceRepository = ReturnType<typeof createWaitingPlaceRepository>;
