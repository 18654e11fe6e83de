import { createOwnedItems } from '@app/dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { usersTable } from '../tables.ts';

/** Users belong to the directory, whoever writes them down (docs/decisions/0020-users-have-one-owner.md). */
export const directory = 'directory';

/** The rows of the users' table, and what its transactions need besides. */
export const createUserRows = (client: DynamoDBDocumentClient, TableName: string) => ({
  client,
  TableName,
  rows: createOwnedItems({ client, TableName, table: usersTable }),
});

export type UserRows = ReturnType<typeof createUserRows>;
