import { listTasks } from '@app/contracts';
import { validateListTasks } from '@app/contracts/validators/listTasks';
import { page as pageOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../tasks.ts';

export const handler = createHttpHandler({
  operation: listTasks,
  validate: validateListTasks,
  handle: async ({ query: { status, ...created }, page }, { subject }) =>
    pageOf(
      'tasks',
      await (status === undefined
        ? tasks.listNewestFirst(subject, created, page)
        : tasks.listByStatus(subject, status, created, page)),
    ),
});
