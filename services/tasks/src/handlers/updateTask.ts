import { updateTask } from '@app/contracts';
import { validateUpdateTask } from '@app/contracts/validators/updateTask';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../tasks.ts';

export const handler = createHttpHandler({
  operation: updateTask,
  validate: validateUpdateTask,
  handle: async ({ params: { taskId }, body, ifMatch }, { subject }) =>
    ok(orNotFound(await tasks.update(subject, taskId, body, ifMatch), 'Task', taskId)),
});
