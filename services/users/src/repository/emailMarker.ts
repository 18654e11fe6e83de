import type { User } from '@app/contracts/users';
import { absent, anyOf, compare, equals, expressions, ttlOf, type Write } from '@app/dynamodb';
import { ValueTakenError } from '@app/resource';
import { emailKeyOf } from '../tables.ts';

/**
 * An email belongs to one user because a row of the users' table says so: its key is the email, so a condition on it
 * decides (an index is eventually consistent and can not). No index takes the row, and no path leads to it: ids are UUIDs.
 */

export const emailTaken = () => new ValueTakenError('Another user has this email');

const markerKey = (email: string) => ({ userId: `EMAIL#${emailKeyOf(email)}` });

type Holder = Pick<User, 'userId' | 'email' | 'expiresAt'>;

const isFree = absent('userId');
const isHeldBy = (userId: string) => equals('heldBy', userId);

/** Takes the email for a user, as long as the user lives, or puts the expiry in step: refused while another one has it. */
export const holdEmail = (TableName: string, { userId, email, expiresAt }: Holder, now: string): Write => ({
  Put: {
    TableName,
    Item: { ...markerKey(email), heldBy: userId, expiresAt, ttl: ttlOf(expiresAt) },
    ...expressions({ condition: anyOf(isFree, isHeldBy(userId), compare('expiresAt', '<=', now)) }),
  },
});

/** Gives the email up: refused where it has become another's. */
export const releaseEmail = (TableName: string, { userId, email }: Holder): Write => ({
  Delete: {
    TableName,
    Key: markerKey(email),
    ...expressions({ condition: anyOf(isFree, isHeldBy(userId)) }),
  },
});
