import { deleteTask } from '@app/contracts/operations/deleteTask';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../composition.ts';

export const handler = createHttpHandler(deleteTask, async ({ params: { taskId }, ifMatch }, { subject }) => {
  orNotFound(await tasks.delete(subject, taskId, ifMatch), 'Task', taskId);
  return ok({ message: 'Task deleted', taskId });
});
