import type { ProblemDocument } from '@app/contracts';
import { compare, equals, exists, expressions, joined } from '@app/dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expiryOf, type RequestRow, shardOf, shards } from './requestRow.ts';
import { type RequestTable, updateRequest } from './requestUpdate.ts';

/** Requests that nobody could carry out: given up by a worker or by the sweep, told of, and opened anew. */
export const createGivenUpRequests = (table: RequestTable) => {
  const { client, TableName } = table;
  return {
    /**
     * Ends a request that is still accepted as one that was given up. It stays in the index of open ones until `told`.
     * Resolves to the row as it then is.
     */
    async giveUp(requestId: string, error: ProblemDocument, deadLettered: RequestRow['deadLettered']) {
      const now = new Date();
      const set = {
        status: 'error',
        error,
        deadLettered,
        completedAt: now.toISOString(),
        ...expiryOf('deadLetter', now),
      };
      return (await updateRequest(table, { requestId, set, condition: equals('status', 'accepted') })).row;
    },

    /** The client of a request that was given up has been told. */
    async told(requestId: string) {
      await updateRequest(table, { requestId, set: { openShard: null }, condition: exists('deadLettered') });
    },

    /** Opens a request anew that the sweep has closed: its client asks again. */
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

    /** Ids of requests that have been open since before the time, of every shard up to `limit`. */
    async listOpenSince(before: string, limit: number): Promise<string[]> {
      const pages = await Promise.all(
        shards.map((shard) =>
          client.send(
            new QueryCommand({
              TableName,
              IndexName: 'open-index',
              ...expressions({ key: joined(equals('openShard', shard), compare('openedAt', '<', before)) }),
              Limit: limit,
            }),
          ),
        ),
      );
      return pages.flatMap(({ Items = [] }) => Items.map(({ requestId }) => String(requestId)));
    },
  };
};
