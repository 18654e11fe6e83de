import type { ChangesOf } from '@app/contracts';
import {
  type Creation,
  IdempotencyKeyReusedError,
  type Identity,
  StaleVersionError,
  UnknownOutcomeError,
  type Version,
} from '@app/resource';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { conditionalDelete, conditionalPut, conditionalUpdate, type Outcome } from './conditionalWrite.ts';
import { ttlOf, unexpired } from './expiry.ts';
import { absent, allOf, anyOf, compare, equals, exists } from './expressions.ts';
import { hasReplaced, ownedIn } from './ownedRow.ts';
import { type PageRequest, queryPage } from './queryPage.ts';
import { within } from './range.ts';
import { canHaveFollowed, type Hidden, isAtOneOf, newRow, type Resource } from './resource.ts';
import { derivedBy, type Index, type PartitionOf, partitionIn, shownBy, type Table, withDerived } from './table.ts';

interface Asked {
  readonly owner: string;
  readonly now: string;
  readonly ifMatch?: readonly Version[] | undefined;
}

interface OwnedItems<T, Key extends string, D, I> {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
  readonly table: Table<T, Key> & { readonly derived: D; readonly indexes: I };
}

/** What a resource is made of, but for what every row gets by itself. */
export type InputOf<T, Key extends string> = Omit<T, Key | 'version' | 'createdAt' | 'updatedAt'>;

/** A page of a list; `from` and `to` bound the index's sort key, both inclusive. */
interface ListOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly page: PageRequest;
}

/**
 * Resources of one table that an owner creates, reads, changes, deletes and lists, each in one conditional request.
 * Another owner's resource, and one past its expiry, counts as absent; absence is `undefined`.
 */
export const createOwnedItems = <T extends Resource, Key extends string, D, I extends Readonly<Record<string, Index>>>({
  client,
  TableName,
  table,
}: OwnedItems<T, Key, D, I>) => {
  const keyName = table.key;
  const shown = shownBy(table);
  const keyOf = (id: string) => ({ [keyName]: id });

  const allowed = (owner: string, now: string, versions: readonly Version[] | undefined) => {
    const isThere = allOf(exists(keyName), equals('ownerId', owner), unexpired(now));
    return versions ? allOf(isThere, isAtOneOf(versions)) : isThere;
  };

  /** Judges a refused write by the row that refused it. */
  const refused = ({ row, uncertain }: Outcome, { owner, now, ifMatch = [] }: Asked): undefined => {
    const resource = ownedIn<T>(row, { owner, now });
    if (!resource) return undefined;
    const name = `${TableName} ${String(resource.version)}`;
    if (uncertain && canHaveFollowed(ifMatch, resource)) throw new UnknownOutcomeError(name);
    throw new StaleVersionError(name);
  };

  return {
    /**
     * Creates the resource, or finds the one that the same Idempotency-Key made.
     * Throws IdempotencyKeyReusedError where that came from another payload.
     */
    async create(owner: string, input: InputOf<T, Key>, { id, payloadDigest }: Identity): Promise<Creation<T>> {
      const now = new Date().toISOString();
      const row = { ...keyOf(id), ...newRow({ owner, input, payloadDigest, now }) };
      const outcome = await conditionalPut(client, {
        TableName,
        Item: withDerived(table, row),
        condition: anyOf(absent(keyName), compare('expiresAt', '<=', now)),
      });
      const existing = outcome.row as unknown as T & Hidden;
      if (!outcome.written && existing.payloadDigest !== payloadDigest) throw new IdempotencyKeyReusedError(id);
      return { resource: shown(existing), replayed: !outcome.written };
    },

    /** Eventually consistent, at half the cost, unless asked otherwise. */
    async get(owner: string, id: string, { ConsistentRead = false } = {}): Promise<T | undefined> {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(id), ConsistentRead }));
      const row = ownedIn<T>(Item, { owner, now: new Date().toISOString() });
      return row && shown(row);
    },

    /**
     * Null removes a field. Throws StaleVersionError where the resource is in none of the states of `ifMatch`, and
     * UnknownOutcomeError where the answer was lost and that state may be what others made of this very write.
     */
    async update(
      owner: string,
      id: string,
      changes: ChangesOf<InputOf<T, Key>>,
      ifMatch?: readonly Version[],
    ): Promise<T | undefined> {
      const now = new Date().toISOString();
      const set = {
        ...changes,
        ...derivedBy(table, changes, { ...keyOf(id), ownerId: owner }),
        ttl: ttlOf((changes as { expiresAt?: string | null }).expiresAt),
        updatedAt: now,
      };
      const outcome = await conditionalUpdate(client, {
        TableName,
        Key: keyOf(id),
        update: { set, increment: 'version' },
        condition: allowed(owner, now, ifMatch),
      });
      return outcome.written ? shown(outcome.row ?? {}) : refused(outcome, { owner, now, ifMatch });
    },

    /**
     * Resolves to the id of what was deleted. Throws StaleVersionError as `update` does. Where an answer was lost and what
     * is asked for is gone since, nothing, a later resource or a row of nobody's in its place, it counts as deleted by this call.
     */
    async delete(owner: string, id: string, ifMatch?: readonly Version[]): Promise<string | undefined> {
      const now = new Date().toISOString();
      const outcome = await conditionalDelete(client, {
        TableName,
        Key: keyOf(id),
        condition: allowed(owner, now, ifMatch),
      });
      const isGone = outcome.written || (outcome.uncertain && hasReplaced(outcome.row, ifMatch));
      return isGone ? id : refused(outcome, { owner, now });
    },

    /** A page of one partition of an index, newest first where its sort key is a time. */
    list: <Name extends keyof I>(name: Name, values: PartitionOf<D, I[Name]>, { from, to, page }: ListOptions) => {
      const index: I[Name] = table.indexes[name];
      return queryPage({
        client,
        TableName,
        IndexName: index.name,
        partition: partitionIn(table, index, values),
        keyAttributes: index.sort === undefined ? [keyName] : [index.sort, keyName],
        range: index.sort === undefined ? undefined : within(index.sort, from, to),
        page,
        show: shown,
      });
    },
  };
};
