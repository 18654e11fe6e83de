import { getTask } from '@app/contracts';
import { validateGetTask } from '@app/contracts/validators/getTask';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../tasks.ts';

export const handler = createHttpHandler({
  operation: getTask,
  validate: validateGetTask,
  handle: async ({ params: { taskId } }, { subject }) =>
    ok(orNotFound(await tasks.get(subject, taskId), 'Task', taskId)),
});
