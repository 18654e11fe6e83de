import { note } from '@app/contracts/resources/note';
import { defineTable } from '@app/dynamodb/table';

export const notesTable = defineTable({
  key: 'id',
  resource: note,
  indexes: { newest: { name: 'owner-createdAt-index', partition: 'ownerId', sort: 'createdAt' } },
});
