import type { ProblemDocument } from '@app/contracts';
import type { ItemResult } from '@app/contracts/items';
import {
  absent,
  allOf,
  anyOf,
  compare,
  conditionalPut,
  equals,
  exists,
  expressions,
  isExpired,
  transactWrite,
  type Write,
} from '@app/dynamodb';
import { ContentionError } from '@app/resource';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createDeadLetteredRequestRepository } from './deadLetteredRequestRepository.ts';
import { isRememberedAs, isRowOf, type RequestIdentity } from './requestIdentity.ts';
import { expiryOf, type RequestRow, shardOf } from './requestRow.ts';
import { type RequestTable, updateRequest } from './updateRequest.ts';

const isOpen = anyOf(equals('status', 'accepted'), exists('deadLettered'));

export type Completion =
  | { readonly status: 'success'; readonly result: ItemResult }
  | { readonly status: 'error'; readonly error: ProblemDocument };

/** `repeated`: it was complete before. `forgotten`: there is no such request (any more). `another`: it has another command. */
export type Completed = 'completed' | 'repeated' | 'forgotten' | 'another';

/** What it means that a request could not be completed, by the row that stood in the way. */
const refusalBy = (row: RequestRow | undefined, request: RequestIdentity, now: string): Completed => {
  if (!row || isExpired(row, now)) return 'forgotten';
  return isRowOf(row, request) ? 'repeated' : 'another';
};

/** Requests as stored, for as long as they are remembered. Reads are consistent: a client waits for what they say. */
export const createRequestRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const table: RequestTable = { client, TableName };

  return {
    /**
     * Accepts a request, or finds the one that came under its id before; whether that is the same is for the caller to
     * compare. A call whose own answer was lost finds its own row, which is no replay.
     */
    async accept(request: RequestIdentity): Promise<{ row: RequestRow; replayed: boolean }> {
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
      const condition = anyOf(absent('requestId'), compare('expiresAt', '<=', createdAt));
      const put = await conditionalPut(client, { TableName, Item: row, condition });
      if (!put.row) throw new ContentionError(`requests ${request.requestId}`);
      return { row: put.row as unknown as RequestRow, replayed: !put.written };
    },

    async get(requestId: string): Promise<RequestRow | undefined> {
      const { Item } = await client.send(new GetCommand({ TableName, Key: { requestId }, ConsistentRead: true }));
      const row = Item as RequestRow | undefined;
      return row && !isExpired(row, new Date().toISOString()) ? row : undefined;
    },

    /**
     * Completes an open request, together with the write it asked for: both or neither, and neither unless the request
     * is known as the command has it. Throws ContentionError where the write's condition did not hold.
     */
    async complete(request: RequestIdentity, completion: Completion, write?: Write): Promise<Completed> {
      const { requestId } = request;
      const now = new Date();
      const condition = allOf(isOpen, isRememberedAs(request, now.toISOString()));
      const set = {
        ...completion,
        ...(completion.status === 'success' && { error: null }),
        completedAt: now.toISOString(),
        deadLettered: null,
        openShard: null,
        ...expiryOf('request', now),
      };
      if (!write) {
        const { written, row } = await updateRequest(table, { requestId, set, condition });
        return written ? 'completed' : refusalBy(row, request, now.toISOString());
      }
      const completes = {
        TableName,
        Key: { requestId },
        ...expressions({ update: { set }, condition }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      const [ofRequest] = (await transactWrite(client, [{ Update: completes }, write])) ?? [];
      if (!ofRequest) return 'completed';
      if (ofRequest.outcome === 'refused')
        return refusalBy(ofRequest.row as RequestRow | undefined, request, now.toISOString());
      throw new ContentionError(`requests ${requestId}`);
    },

    ...createDeadLetteredRequestRepository(table),
  };
};

export type RequestRepository = ReturnType<typeof createRequestRepository>;
