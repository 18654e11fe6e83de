import { task } from '@app/contracts/resources/task';
import { defineTable, joinOf } from '@app/dynamodb/table';

export const tasksTable = defineTable({
  key: 'taskId',
  resource: task,
  derived: { ownerStatus: joinOf('ownerId', 'status') },
  indexes: {
    newest: { name: 'owner-createdAt-index', partition: 'ownerId', sort: 'createdAt' },
    byStatus: { name: 'status-index', partition: 'ownerStatus', sort: 'createdAt' },
  },
});
