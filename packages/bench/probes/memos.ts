import { createOwnedItems, documentClient } from '@app/dynamodb';
import { memosTable } from '../src/memosTable.ts';

export const memos = createOwnedItems({
  client: documentClient,
  TableName: process.env.MEMOS_TABLE ?? '',
  table: memosTable,
});
