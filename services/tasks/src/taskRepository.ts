import type { Task } from '@app/contracts/tasks';
import { createOwnedItems, type PageRequest } from '@app/dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tasksTable } from './tables.ts';

/** When tasks were created: from and to, both inclusive. */
interface Created {
  readonly createdFrom?: string;
  readonly createdTo?: string;
}

/** Tasks as stored. Absence is `undefined`; what that means to a caller is the handler's business. */
export const createTaskRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const tasks = createOwnedItems({ client, TableName, table: tasksTable });
  return {
    ...tasks,

    listNewestFirst: (ownerId: string, { createdFrom: from, createdTo: to }: Created, page: PageRequest) =>
      tasks.list('newest', { ownerId }, { from, to, page }),

    listByStatus: (
      ownerId: string,
      status: Task['status'],
      { createdFrom: from, createdTo: to }: Created,
      page: PageRequest,
    ) => tasks.list('byStatus', { ownerId, status }, { from, to, page }),
  };
};
