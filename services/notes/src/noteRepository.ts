import type { Note } from '@app/contracts';
import { createOwnedItems, type PageRequest, queryPage } from '@app/dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Notes as stored. Absence is `undefined`; what that means to a caller is the handler's business. */
export const createNoteRepository = (client: DynamoDBDocumentClient, TableName: string) => ({
  ...createOwnedItems<Note>({ client, TableName, keyName: 'id' }),

  listNewestFirst: (ownerId: string, page: PageRequest) =>
    queryPage<Note>({
      client,
      TableName,
      IndexName: 'owner-createdAt-index',
      partition: { ownerId },
      keyAttributes: ['createdAt', 'id'],
      page,
    }),
});
