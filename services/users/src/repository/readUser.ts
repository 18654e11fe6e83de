import type { User } from '@app/contracts/users';
import { wasAtOneOf } from '@app/dynamodb';
import { StaleVersionError, type Version } from '@app/resource';
import { directory, type UserRows } from './userRows.ts';

/** Consistent read. Throws StaleVersionError where `ifMatch` is given and has no such version. */
export const readUser = async (
  { rows }: UserRows,
  userId: string,
  ifMatch: readonly Version[] | undefined,
): Promise<User | undefined> => {
  const user = await rows.get(directory, userId, { ConsistentRead: true });
  if (user && ifMatch && !wasAtOneOf(ifMatch, user)) throw new StaleVersionError(`users ${user.version}`);
  return user;
};
