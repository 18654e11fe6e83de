import type { Task, TaskChanges, TaskInput } from '@app/contracts';
import { createOwnedItems, type PageRequest, queryPage, within } from '@app/dynamodb';
import type { Identity, Version } from '@app/http';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** When tasks were created: from and to, both inclusive. */
interface Created {
  readonly createdFrom?: string;
  readonly createdTo?: string;
}

/** The partition of `status-index`: written with the status, always, so that a task that moves is found where it is. */
const inStatus = (ownerId: string, status: Task['status']) => ({ ownerStatus: `${ownerId}#${status}` });

/** Tasks as stored. Absence is `undefined`; what that means to a caller is the handler's business. */
export const createTaskRepository = (client: DynamoDBDocumentClient, TableName: string) => {
  const hidden = ['ownerStatus'];
  const tasks = createOwnedItems<Task>({ client, TableName, keyName: 'taskId', hidden });

  const list = (
    index: { IndexName: string; partition: Record<string, string> },
    { createdFrom, createdTo }: Created,
    page: PageRequest,
  ) =>
    queryPage<Task>({
      client,
      TableName,
      ...index,
      keyAttributes: ['createdAt', 'taskId'],
      range: within('createdAt', createdFrom, createdTo),
      page,
      hidden,
    });

  return {
    ...tasks,

    create: (ownerId: string, input: TaskInput, identity: Identity) =>
      tasks.create(ownerId, { ...input, ...inStatus(ownerId, input.status) }, identity),

    update: (ownerId: string, taskId: string, changes: TaskChanges, ifMatch?: readonly Version[]) =>
      tasks.update(ownerId, taskId, { ...changes, ...(changes.status && inStatus(ownerId, changes.status)) }, ifMatch),

    listNewestFirst: (ownerId: string, created: Created, page: PageRequest) =>
      list({ IndexName: 'owner-createdAt-index', partition: { ownerId } }, created, page),

    listByStatus: (ownerId: string, status: Task['status'], created: Created, page: PageRequest) =>
      list({ IndexName: 'status-index', partition: inStatus(ownerId, status) }, created, page),
  };
};
