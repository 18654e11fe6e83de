import type { Identity, Version } from '@app/resource';
import { ttlOf } from './expiry.ts';
import { allOf, anyOf, type Condition, compare, equals } from './expressions.ts';

/** What every resource shows of its life. */
export interface Resource extends Version {
  readonly updatedAt: string;
  readonly expiresAt?: string;
}

/** What its row holds besides: never shown. */
export interface Hidden {
  readonly ownerId: string;
  readonly ttl?: number;
  readonly payloadDigest?: string;
  /** The calls that made the row, and that updated it last (conditionalWrite.ts). */
  readonly createToken?: string;
  readonly writeToken?: string;
}

interface NewRow {
  readonly owner: string;
  readonly input: object;
  readonly payloadDigest: Identity['payloadDigest'];
  readonly now: string;
}

/** The row of a resource that begins to exist, but for its key. */
export const newRow = ({ owner, input, payloadDigest, now }: NewRow) => ({
  ...input,
  version: 1,
  createdAt: now,
  updatedAt: now,
  ownerId: owner,
  ttl: ttlOf((input as Pick<Resource, 'expiresAt'>).expiresAt) ?? undefined,
  payloadDigest,
});

/** A row after changes to its resource: null removes a field, undefined leaves it. */
export const changedRow = <Row extends Version>(row: Row, changes: object, now: string): Row => {
  const next = { ...row, version: row.version + 1, updatedAt: now, ...definedIn(changes) };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null)) as unknown as Row;
};

const definedIn = (changes: object) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

/** One of the states that a caller allows; none of them, where the list is empty. */
export const isAtOneOf = (versions: readonly Version[]): Condition =>
  versions.length === 0
    ? compare('version', '<', 0)
    : anyOf(
        ...versions.map(({ version, createdAt }) => allOf(equals('version', version), equals('createdAt', createdAt))),
      );

/** `isAtOneOf`, asked of a resource that was read. */
export const wasAtOneOf = (versions: readonly Version[], resource: Version): boolean =>
  versions.some(({ version, createdAt }) => version === resource.version && createdAt === resource.createdAt);

/**
 * Whether a write on condition of one of the versions can have been carried out and the resource have come to this since:
 * every write adds one to the version, and leaves the time of its creation.
 */
export const canHaveFollowed = (versions: readonly Version[], { version, createdAt }: Version): boolean =>
  versions.some((from) => from.createdAt !== createdAt || version > from.version + 1);
