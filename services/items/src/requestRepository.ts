import type { ItemResult, ProblemDocument } from '@app/contracts';
import {
  absent,
  anyOf,
  type Condition,
  ContentionError,
  compare,
  equals,
  exists,
  expressions,
  isExpired,
  joined,
  transactWrite,
  type Update,
  type Write,
} from '@app/dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { expiryOf, type RequestRow, shardOf, shards } from './requestRow.ts';

const isOpen = anyOf(equals('status', 'accepted'), exists('deadLettered'));

export type Completion =
  | { readonly status: 'success'; readonly result: ItemResult }
  | { readonly status: 'error'; readonly error: ProblemDocument };

/** `repeated`: it was complete before. `forgotten`: there is no such request (any more). */
export type Completed = 'completed' | 'repeated' | 'forgotten';

type NewRequest = Pick<RequestRow, 'requestId' | 'ownerId' | 'operation' | 'itemId' | 'digest'>;

/** Requests as stored, for as long as they are remembered. Reads are consistent: a client waits for what they say. */
export const createRequestRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  /** The row as it is now, or the row that the condition was refused for. */
  const update = async (requestId: string, set: Update['set'], condition: Condition) => {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName,
          Key: { requestId },
          ...expressions({ update: { set }, condition }),
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { written: true, row: Attributes as RequestRow | undefined };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { written: false, row: error.Item && (unmarshall(error.Item) as RequestRow) };
    }
  };

  return {
    /** Takes a request on, or finds the one that came under its id before. */
    async accept(request: NewRequest): Promise<{ row: RequestRow; replayed: boolean }> {
      const now = new Date();
      const createdAt = now.toISOString();
      const row: RequestRow = {
        ...request,
        status: 'accepted',
        createdAt,
        ...expiryOf('request', now),
        openShard: shardOf(request.requestId),
        openedAt: createdAt,
      };
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: row,
            ...expressions({ condition: anyOf(absent('requestId'), compare('expiresAt', '<=', createdAt)) }),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return { row, replayed: false };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
        const existing = unmarshall(error.Item) as RequestRow;
        return { row: existing, replayed: existing.createdAt !== createdAt };
      }
    },

    async get(requestId: string): Promise<RequestRow | undefined> {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { requestId }, ConsistentRead: true }));
      const row = Item as RequestRow | undefined;
      return row && !isExpired(row, new Date().toISOString()) ? row : undefined;
    },

    /**
     * Completes an open request, together with the write it asked for: both or neither. Throws ContentionError where the
     * write's condition did not hold.
     */
    async complete(requestId: string, completion: Completion, write?: Write): Promise<Completed> {
      const now = new Date();
      const set = {
        ...completion,
        ...(completion.status === 'success' && { error: null }),
        completedAt: now.toISOString(),
        deadLettered: null,
        openShard: null,
        ...expiryOf('request', now),
      };
      if (!write) {
        const { written, row } = await update(requestId, set, isOpen);
        return written ? 'completed' : row ? 'repeated' : 'forgotten';
      }
      const completes = {
        TableName,
        Key: { requestId },
        ...expressions({ update: { set }, condition: isOpen }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      const [ofRequest] = (await transactWrite(client, [{ Update: completes }, write])) ?? [];
      if (!ofRequest) return 'completed';
      if (ofRequest.outcome === 'refused') return ofRequest.row ? 'repeated' : 'forgotten';
      throw new ContentionError(`requests ${requestId}`);
    },

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
      return (await update(requestId, set, equals('status', 'accepted'))).row;
    },

    /** The client of a request that was given up has been told. */
    async told(requestId: string) {
      await update(requestId, { openShard: null }, exists('deadLettered'));
    },

    /** Opens a request anew that the sweep has closed: its client asks again. Resolves to whether it is open now. */
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
      await update(requestId, set, equals('deadLettered', 'time'));
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

export type RequestRepository = ReturnType<typeof createRequestRepository>;
