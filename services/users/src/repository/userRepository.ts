import type { User, UserChanges, UserInput } from '@app/contracts/users';
import { type PageRequest, queryShardedPage, shownBy } from '@app/dynamodb';
import type { Identity, Page, Version } from '@app/resource';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { shards, usersTable } from '../tables.ts';
import { changeEmailOrExpiry } from './changeEmailOrExpiry.ts';
import { insertUser } from './insertUser.ts';
import { removeUser } from './removeUser.ts';
import { createUserRows, directory } from './userRows.ts';

const isLater = (a: User, b: User) => (a.updatedAt < b.updatedAt ? 1 : -1);

/** Users as stored. Absence is `undefined`; what that means to a caller is the handler's business. */
export const createUserRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const table = createUserRows(client, TableName);
  const { rows } = table;

  return {
    create: (input: UserInput, identity: Identity) => insertUser(table, input, identity),

    get: (userId: string) => rows.get(directory, userId),

    update: (userId: string, changes: UserChanges, ifMatch?: readonly Version[]) =>
      changes.email === undefined && changes.expiresAt === undefined
        ? rows.update(directory, userId, changes, ifMatch)
        : changeEmailOrExpiry(table, { userId, changes, ifMatch }),

    delete: (userId: string, ifMatch?: readonly Version[]) => removeUser(table, userId, ifMatch),

    /** One user or none: while the index lags behind an email that changed hands, the one that has it by now. */
    async findByEmail(email: string): Promise<Page<User>> {
      const { items } = await rows.list('byEmail', { email }, { page: { limit: 100 } });
      return { items: items.toSorted(isLater).slice(0, 1) };
    },

    listNewestFirst: (page: PageRequest) =>
      queryShardedPage({
        client,
        TableName,
        index: usersTable.indexes.newest,
        shards,
        page,
        show: shownBy(usersTable),
      }),
  };
};
