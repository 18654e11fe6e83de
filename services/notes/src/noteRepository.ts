import { createOwnedItems, type PageRequest } from '@app/dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { notesTable } from './tables.ts';

/** Notes as stored. Absence is `undefined`; what that means to a caller is the handler's business. */
export const createNoteRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const notes = createOwnedItems({ client, TableName, table: notesTable });
  return {
    ...notes,
    listNewestFirst: (ownerId: string, page: PageRequest) => notes.list('newest', { ownerId }, { page }),
  };
};
