import type { User, UserChanges } from '@app/contracts/users';
import {
  changedRow,
  derivedBy,
  expressions,
  isAtOneOf,
  transactWrite,
  ttlOf,
  untilSettled,
  type Write,
} from '@app/dynamodb';
import { ContentionError, type Version } from '@app/resource';
import { emailKeyOf, usersTable } from '../tables.ts';
import { emailTaken, holdEmail, releaseEmail } from './emailMarker.ts';
import { readUser } from './readUser.ts';
import type { UserRows } from './userRows.ts';

/** What becomes of the emails: nothing where neither email nor expiry change. */
const emailWrites = (TableName: string, [from, to]: readonly [User, User], now: string): Write[] => {
  const isSameEmail = emailKeyOf(from.email) === emailKeyOf(to.email);
  if (isSameEmail && from.expiresAt === to.expiresAt) return [];
  return [holdEmail(TableName, to, now), ...(isSameEmail ? [] : [releaseEmail(TableName, from)])];
};

interface Change {
  readonly userId: string;
  readonly changes: UserChanges;
  readonly ifMatch: readonly Version[] | undefined;
}

/**
 * Changes a user's email or expiry, among others, and the markers with them: all or nothing. Written on condition of the
 * version that was read. Throws ValueTakenError where another user has the email.
 */
export const changeEmailOrExpiry = (table: UserRows, { userId, changes, ifMatch }: Change): Promise<User | undefined> =>
  untilSettled(async () => {
    const { client, TableName } = table;
    const user = await readUser(table, userId, ifMatch);
    if (!user) return undefined;
    const now = new Date().toISOString();
    const to = changedRow(user, changes, now);
    const set = {
      ...changes,
      ...derivedBy(usersTable, changes, to),
      ttl: ttlOf(changes.expiresAt),
      updatedAt: now,
    };
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
