import { listTasks } from '@app/contracts/operations/listTasks';
import { page as pageOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../composition.ts';

export const handler = createHttpHandler(listTasks, async ({ query: { status, ...created }, page }, { subject }) =>
  pageOf(
    'tasks',
    await (status === undefined
      ? tasks.listNewestFirst(subject, created, page)
      : tasks.listByStatus(subject, status, created, page)),
  ),
);
