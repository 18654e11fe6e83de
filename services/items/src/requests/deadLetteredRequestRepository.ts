import type { ProblemDocument } from '@app/contracts';
import { allOf, type Condition, compare, equals, exists, expressions, joined } from '@app/dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { requestsTable } from '../tables.ts';
import { expiryOf, type RequestRow, shardOf } from './requestRow.ts';
import { type RequestTable, updateRequest } from './updateRequest.ts';

interface End {
  readonly by: RequestRow['deadLettered'];
  readonly error: ProblemDocument;
  /** Which row is meant: any other stays as it is. */
  readonly condition: Condition;
}

interface OpenPage {
  readonly limit: number;
  readonly after?: Record<string, unknown> | undefined;
}

export const openedBefore = (time: string): Condition => compare('openedAt', '<', time);

/** Requests that could not be carried out: dead-lettered by a worker or by the sweep, announced, and reopened. */
export const createDeadLetteredRequestRepository = (table: RequestTable) => {
  const { client, TableName } = table;
  return {
    /**
     * Ends a request that is still accepted as dead-lettered. It stays in the index of open requests until `markNotified`.
     * Resolves to the row as it is then.
     */
    async deadLetter(requestId: string, { by, error, condition }: End) {
      const now = new Date();
      const set = {
        status: 'error',
        error,
        deadLettered: by,
        completedAt: now.toISOString(),
        ...expiryOf('deadLetter', now),
      };
      const isMeant = allOf(equals('status', 'accepted'), condition);
      return (await updateRequest(table, { requestId, set, condition: isMeant })).row;
    },

    /** The end of a dead-lettered request has been announced. */
    async markNotified(requestId: string) {
      await updateRequest(table, { requestId, set: { openShard: null }, condition: exists('deadLettered') });
    },

    /** Reopens a request that the sweep has closed: its client asks again. */
    async reopen(requestId: string) {
      const now = new Date();
      const set = {
        status: 'accepted',
        error: null,
        deadLettered: null,
        completedAt: null,
        openShard: shardOf(requestId),
        openedAt: now.toISOString(),
        ...expiryOf('request', now),
      };
      await updateRequest(table, { requestId, set, condition: equals('deadLettered', 'time') });
    },

    /** Ids of one shard's requests that have been open since before the time, oldest first. */
    async listOpenSince(shard: string, before: string, { limit, after }: OpenPage) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: requestsTable.indexes.open.name,
          ...expressions({ key: joined(equals('openShard', shard), openedBefore(before)) }),
          Limit: limit,
          ExclusiveStartKey: after,
        }),
      );
      return { requestIds: Items.map(({ requestId }) => String(requestId)), lastKey: LastEvaluatedKey };
    },
  };
};
