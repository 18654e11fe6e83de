import type { Creation, Identity, Version } from '@app/http';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { IdempotencyKeyReusedError, StaleVersionError } from './errors.ts';
import { isExpired, ttlOf, unexpired } from './expiry.ts';
import { absent, allOf, anyOf, type Condition, compare, equals, exists, expressions } from './expressions.ts';

/** What every resource shows of its life. */
export interface Resource extends Version {
  readonly updatedAt: string;
  readonly expiresAt?: string;
}

/** What its row holds besides: never shown. */
interface Hidden {
  readonly ownerId: string;
  readonly ttl?: number;
  readonly payloadDigest?: string;
}

type Changes = Readonly<Record<string, unknown>> & { readonly expiresAt?: string | null };

/** A stored row as the resource that callers see. */
export const toResource = <T extends Resource>(row: object): T => {
  const { ownerId: _ownerId, ttl: _ttl, payloadDigest: _digest, ...resource } = row as T & Hidden;
  return resource as unknown as T;
};

/** One of the states that a caller allows; none of them, where the list is empty. */
const isOneOf = (versions: readonly Version[]): Condition =>
  versions.length === 0
    ? compare('version', '<', 0)
    : anyOf(...versions.map(({ version, createdAt }) => allOf(equals('version', version), equals('createdAt', createdAt))));

interface OwnedItems {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  /** The table's partition key, which is also the resource's id. */
  readonly keyName: string;
}

/**
 * Resources of one table that an owner creates, reads, changes and deletes, each in one conditional request.
 * Another owner's resource, and one past its expiry, counts as absent; absence is `undefined`.
 */
export const createOwnedItems = <T extends Resource>({ client, TableName, keyName }: OwnedItems) => {
  const keyOf = (id: string) => ({ [keyName]: id });

  const allowed = (owner: string, now: string, versions: readonly Version[] | undefined) => {
    const isThere = allOf(exists(keyName), equals('ownerId', owner), unexpired(now));
    return versions ? allOf(isThere, isOneOf(versions)) : isThere;
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
      const row = {
        ...keyOf(id),
        ...input,
        version: 1,
        createdAt: now,
        updatedAt: now,
        ownerId: owner,
        ttl: ttlOf((input as Changes).expiresAt) ?? undefined,
        payloadDigest,
      };
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: row,
            ...expressions({ condition: anyOf(absent(keyName), compare('expiresAt', '<=', now)) }),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return { resource: toResource<T>(row), replayed: false };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
        const existing = unmarshall(error.Item) as T & Hidden;
        if (existing.payloadDigest !== payloadDigest) throw new IdempotencyKeyReusedError(id);
        return { resource: toResource<T>(existing), replayed: existing.createdAt !== now };
      }
    },

    async get(owner: string, id: string): Promise<T | undefined> {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(id) }));
      const row = Item as (T & Hidden) | undefined;
      if (!row || row.ownerId !== owner || isExpired(row, new Date().toISOString())) return undefined;
      return toResource<T>(row);
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
        return toResource<T>(Attributes ?? {});
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
        return toResource<T>(Attributes ?? {});
      } catch (error) {
        return settle(error, owner, now);
      }
    },
  };
};
