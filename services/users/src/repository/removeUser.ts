import type { User } from '@app/contracts/users';
import { expressions, isAtOneOf, transactWrite, untilSettled } from '@app/dynamodb';
import { ContentionError, type Version } from '@app/resource';
import { releaseEmail } from './emailMarker.ts';
import { readUser } from './readUser.ts';
import type { UserRows } from './userRows.ts';

/** Deletes a user and frees the email. Resolves to the user that was deleted. */
export const removeUser = (
  table: UserRows,
  userId: string,
  ifMatch: readonly Version[] | undefined,
): Promise<User | undefined> =>
  untilSettled(async () => {
    const { client, TableName } = table;
    const user = await readUser(table, userId, ifMatch);
    if (!user) return undefined;
    const verdicts = await transactWrite(client, [
      { Delete: { TableName, Key: { userId }, ...expressions({ condition: isAtOneOf([user]) }) } },
      releaseEmail(TableName, user),
    ]);
    if (verdicts) throw new ContentionError(`users ${userId}`);
    return user;
  });
