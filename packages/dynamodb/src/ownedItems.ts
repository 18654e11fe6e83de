import type { Creation, Identity, Version } from '@app/http';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { IdempotencyKeyReusedError, StaleVersionError } from './errors.ts';
import { isExpired, ttlOf, unexpired } from './expiry.ts';
import { absent, allOf, anyOf, compare, equals, exists, expressions } from './expressions.ts';
import { type Hidden, isAtOneOf, newRow, type Resource, toResource } from './resource.ts';

type Changes = Readonly<Record<string, unknown>> & { readonly expiresAt?: string | null };

interface OwnedItems {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  /** The table's partition key, which is also the resource's id. */
  readonly keyName: string;
  /** Attributes that the table keeps for its indexes and no caller sees. */
  readonly hidden?: readonly string[];
}

/**
 * Resources of one table that an owner creates, reads, changes and deletes, each in one conditional request.
 * Another owner's resource, and one past its expiry, counts as absent; absence is `undefined`.
 */
export const createOwnedItems = <T extends Resource>({ client, TableName, keyName, hidden }: OwnedItems) => {
  const shown = (row: object) => toResource<T>(row, hidden);
  const keyOf = (id: string) => ({ [keyName]: id });

  const allowed = (owner: string, now: string, versions: readonly Version[] | undefined) => {
    const isThere = allOf(exists(keyName), equals('ownerId', owner), unexpired(now));
    return versions ? allOf(isThere, isAtOneOf(versions)) : isThere;
  };

  /** Settles a write whose condition did not hold by the row that DynamoDB returns with the failure. */
  const settle = (error: unknown, owner: string, now: string): undefined => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const row = error.Item && (unmarshall(error.Item) as T & Hidden);
    if (!row || row.ownerId !== owner || isExpired(row, now)) return undefined;
    throw new StaleVersionError(`${TableName} ${String(row.version)}`);
  };

  return {
    /**
     * Creates the resource, or finds the one that the same Idempotency-Key made.
     * Throws IdempotencyKeyReusedError where that came from another payload.
     */
    async create(owner: string, input: object, { id, payloadDigest }: Identity): Promise<Creation<T>> {
      const now = new Date().toISOString();
      const row = { ...keyOf(id), ...newRow({ owner, input, payloadDigest, now }) };
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: row,
            ...expressions({ condition: anyOf(absent(keyName), compare('expiresAt', '<=', now)) }),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return { resource: shown(row), replayed: false };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
        const existing = unmarshall(error.Item) as T & Hidden;
        // Without a key the id is random: only an attempt of ours, whose answer was lost, can stand in the way.
        if (existing.payloadDigest !== payloadDigest) throw new IdempotencyKeyReusedError(id);
        return { resource: shown(existing), replayed: payloadDigest !== undefined };
      }
    },

    /** Eventually consistent, at half the cost, unless asked otherwise. */
    async get(owner: string, id: string, { ConsistentRead = false } = {}): Promise<T | undefined> {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(id), ConsistentRead }));
      const row = Item as (T & Hidden) | undefined;
      if (!row || row.ownerId !== owner || isExpired(row, new Date().toISOString())) return undefined;
      return shown(row);
    },

    /** Null removes a field. Throws StaleVersionError where the resource is in none of the states of `ifMatch`. */
    async update(owner: string, id: string, changes: Changes, ifMatch?: readonly Version[]): Promise<T | undefined> {
      const now = new Date().toISOString();
      const set = { ...changes, ttl: ttlOf(changes.expiresAt), updatedAt: now };
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(id),
            ...expressions({ update: { set, increment: 'version' }, condition: allowed(owner, now, ifMatch) }),
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return shown(Attributes ?? {});
      } catch (error) {
        return settle(error, owner, now);
      }
    },

    /** Resolves to the resource that was deleted. Throws StaleVersionError as `update` does. */
    async delete(owner: string, id: string, ifMatch?: readonly Version[]): Promise<T | undefined> {
      const now = new Date().toISOString();
      try {
        const { Attributes } = await client.send(
          new DeleteCommand({
            TableName,
            Key: keyOf(id),
            ...expressions({ condition: allowed(owner, now, ifMatch) }),
            ReturnValues: 'ALL_OLD',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return shown(Attributes ?? {});
      } catch (error) {
        return settle(error, owner, now);
      }
    },
  };
};
