import type { User, UserChanges } from '@app/contracts';
import {
  ContentionError,
  expressions,
  isAtOneOf,
  StaleVersionError,
  transactWrite,
  ttlOf,
  untilSettled,
  type Write,
  wasAtOneOf,
} from '@app/dynamodb';
import type { Version } from '@app/http';
import { emailTaken } from './createUser.ts';
import { emailKeyOf, holdEmail, releaseEmail } from './emailMarker.ts';
import { directory, type UserTable } from './userRows.ts';

type IfMatch = readonly Version[] | undefined;

/** The user as it is now. Throws StaleVersionError where that is none of the states of `ifMatch`. */
const read = async ({ rows }: UserTable, userId: string, ifMatch: IfMatch): Promise<User | undefined> => {
  const user = await rows.get(directory, userId, { ConsistentRead: true });
  if (user && ifMatch && !wasAtOneOf(ifMatch, user)) throw new StaleVersionError(`users ${user.version}`);
  return user;
};

const changed = (user: User, changes: UserChanges, now: string) =>
  Object.fromEntries(
    Object.entries({ ...user, ...changes, version: user.version + 1, updatedAt: now }).filter(
      ([, value]) => value !== null,
    ),
  ) as unknown as User;

/** What becomes of the emails: nothing where neither email nor expiry change. */
const emailWrites = (TableName: string, [from, to]: readonly [User, User], now: string): Write[] => {
  const isSameEmail = emailKeyOf(from.email) === emailKeyOf(to.email);
  if (isSameEmail && from.expiresAt === to.expiresAt) return [];
  return [holdEmail(TableName, to, now), ...(isSameEmail ? [] : [releaseEmail(TableName, from)])];
};

interface Change {
  readonly userId: string;
  readonly changes: UserChanges;
  readonly ifMatch: IfMatch;
}

/**
 * Changes a user's email or expiry, among others, and the markers with them: all or nothing. Written on condition of the
 * version that was read. Throws ValueTakenError where another user has the email.
 */
export const changeEmailOrExpiry = (
  table: UserTable,
  { userId, changes, ifMatch }: Change,
): Promise<User | undefined> =>
  untilSettled(async () => {
    const { client, TableName } = table;
    const user = await read(table, userId, ifMatch);
    if (!user) return undefined;
    const now = new Date().toISOString();
    const to = changed(user, changes, now);
    const set = { ...changes, emailKey: emailKeyOf(to.email), ttl: ttlOf(changes.expiresAt), updatedAt: now };
    const [ofUser, ofEmail] =
      (await transactWrite(client, [
        {
          Update: {
            TableName,
            Key: { userId },
            ...expressions({ update: { set, increment: 'version' }, condition: isAtOneOf([user]) }),
          },
        },
        ...emailWrites(TableName, [user, to], now),
      ])) ?? [];
    if (!ofUser) return to;
    if (ofUser.outcome === 'fine' && ofEmail?.outcome === 'refused') throw emailTaken();
    throw new ContentionError(`users ${userId}`);
  });

/** Deletes a user and frees the email. Resolves to the user that was deleted. */
export const deleteUser = (table: UserTable, userId: string, ifMatch: IfMatch): Promise<User | undefined> =>
  untilSettled(async () => {
    const { client, TableName } = table;
    const user = await read(table, userId, ifMatch);
    if (!user) return undefined;
    const verdicts = await transactWrite(client, [
      { Delete: { TableName, Key: { userId }, ...expressions({ condition: isAtOneOf([user]) }) } },
      releaseEmail(TableName, user),
    ]);
    if (verdicts) throw new ContentionError(`users ${userId}`);
    return user;
  });
