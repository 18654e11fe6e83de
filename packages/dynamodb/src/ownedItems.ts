import type { Creation, Identity, Version } from '@app/http';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { conditionalDelete, conditionalPut, conditionalUpdate, type Outcome } from './conditionalWrite.ts';
import { IdempotencyKeyReusedError, StaleVersionError, UnknownOutcomeError } from './errors.ts';
import { isExpired, ttlOf, unexpired } from './expiry.ts';
import { absent, allOf, anyOf, compare, equals, exists } from './expressions.ts';
import { canHaveFollowed, type Hidden, isAtOneOf, newRow, type Resource, toResource } from './resource.ts';

type Changes = Readonly<Record<string, unknown>> & { readonly expiresAt?: string | null };

/** Whether a resource is another than those of `ifMatch`, under the same id. */
const hasComeBack = (row: Outcome['row'], ifMatch: readonly Version[] = []) =>
  row !== undefined && ifMatch.some(({ createdAt }) => createdAt !== row['createdAt']);

interface Asked {
  readonly owner: string;
  readonly now: string;
  readonly ifMatch?: readonly Version[] | undefined;
}

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

  /** Judges a refused write by the row that refused it. */
  const refused = ({ row, uncertain }: Outcome, { owner, now, ifMatch = [] }: Asked): undefined => {
    const resource = row as (T & Hidden) | undefined;
    if (!resource || resource.ownerId !== owner || isExpired(resource, now)) return undefined;
    const name = `${TableName} ${String(resource.version)}`;
    if (uncertain && canHaveFollowed(ifMatch, resource)) throw new UnknownOutcomeError(name);
    throw new StaleVersionError(name);
  };

  return {
    /**
     * Creates the resource, or finds the one that the same Idempotency-Key made.
     * Throws IdempotencyKeyReusedError where that came from another payload.
     */
    async create(owner: string, input: object, { id, payloadDigest }: Identity): Promise<Creation<T>> {
      const now = new Date().toISOString();
      const { written, row } = await conditionalPut(client, {
        TableName,
        Item: { ...keyOf(id), ...newRow({ owner, input, payloadDigest, now }) },
        condition: anyOf(absent(keyName), compare('expiresAt', '<=', now)),
      });
      const existing = row as unknown as T & Hidden;
      if (!written && existing.payloadDigest !== payloadDigest) throw new IdempotencyKeyReusedError(id);
      return { resource: shown(existing), replayed: !written };
    },

    /** Eventually consistent, at half the cost, unless asked otherwise. */
    async get(owner: string, id: string, { ConsistentRead = false } = {}): Promise<T | undefined> {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(id), ConsistentRead }));
      const row = Item as (T & Hidden) | undefined;
      if (!row || row.ownerId !== owner || isExpired(row, new Date().toISOString())) return undefined;
      return shown(row);
    },

    /**
     * Null removes a field. Throws StaleVersionError where the resource is in none of the states of `ifMatch`, and
     * UnknownOutcomeError where the answer was lost and that state may be what others made of this very write.
     */
    async update(owner: string, id: string, changes: Changes, ifMatch?: readonly Version[]): Promise<T | undefined> {
      const now = new Date().toISOString();
      const outcome = await conditionalUpdate(client, {
        TableName,
        Key: keyOf(id),
        update: { set: { ...changes, ttl: ttlOf(changes.expiresAt), updatedAt: now }, increment: 'version' },
        condition: allowed(owner, now, ifMatch),
      });
      return outcome.written ? shown(outcome.row ?? {}) : refused(outcome, { owner, now, ifMatch });
    },

    /**
     * Resolves to the id of what was deleted. Throws StaleVersionError as `update` does. Where an answer was lost and what
     * `ifMatch` names is gone since, nothing or a later resource in its place, it counts as deleted by this call.
     */
    async delete(owner: string, id: string, ifMatch?: readonly Version[]): Promise<string | undefined> {
      const now = new Date().toISOString();
      const outcome = await conditionalDelete(client, {
        TableName,
        Key: keyOf(id),
        condition: allowed(owner, now, ifMatch),
      });
      const isGone = outcome.written || (outcome.uncertain && hasComeBack(outcome.row, ifMatch));
      return isGone ? id : refused(outcome, { owner, now });
    },
  };
};
