import { deleteTask } from '@app/contracts';
import { validateDeleteTask } from '@app/contracts/validators/deleteTask';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../tasks.ts';

export const handler = createHttpHandler({
  operation: deleteTask,
  validate: validateDeleteTask,
  handle: async ({ params: { taskId }, ifMatch }, { subject }) => {
    orNotFound(await tasks.delete(subject, taskId, ifMatch), 'Task', taskId);
    return ok({ message: 'Task deleted', taskId });
  },
});
