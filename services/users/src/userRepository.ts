import type { User, UserChanges, UserInput } from '@app/contracts';
import { createOwnedItems, type PageRequest, queryPage, queryShardedPage } from '@app/dynamodb';
import type { Identity, Page, Version } from '@app/http';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { changeEmailOrExpiry, deleteUser } from './changeUser.ts';
import { createUser } from './createUser.ts';
import { emailKeyOf } from './emailMarker.ts';
import { directory, hidden, shards, type UserTable } from './userRows.ts';

const isLater = (a: User, b: User) => (a.updatedAt < b.updatedAt ? 1 : -1);

/** Users as stored. Absence is `undefined`; what that means to a caller is the handler's business. */
export const createUserRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const rows = createOwnedItems<User>({ client, TableName, keyName: 'userId', hidden });
  const table: UserTable = { client, TableName, rows };

  return {
    create: (input: UserInput, identity: Identity) => createUser(table, input, identity),

    get: (userId: string) => rows.get(directory, userId),

    update: (userId: string, changes: UserChanges, ifMatch?: readonly Version[]) =>
      changes.email === undefined && changes.expiresAt === undefined
        ? rows.update(directory, userId, changes, ifMatch)
        : changeEmailOrExpiry(table, { userId, changes, ifMatch }),

    delete: (userId: string, ifMatch?: readonly Version[]) => deleteUser(table, userId, ifMatch),

    /** One user or none: while the index lags behind an email that changed hands, the one that has it by now. */
    async findByEmail(email: string): Promise<Page<User>> {
      const { items } = await queryPage<User>({
        client,
        TableName,
        IndexName: 'email-index',
        partition: { emailKey: emailKeyOf(email) },
        keyAttributes: ['userId'],
        page: { limit: 100 },
        hidden,
      });
      return { items: items.toSorted(isLater).slice(0, 1) };
    },

    listNewestFirst: (page: PageRequest) =>
      queryShardedPage<User>({
        client,
        TableName,
        IndexName: 'createdAt-index',
        shardName: 'listShard',
        shards,
        positionName: 'listPosition',
        page,
        hidden,
      }),
  };
};
