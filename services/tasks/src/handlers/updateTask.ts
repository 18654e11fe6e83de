import { updateTask } from '@app/contracts/operations/updateTask';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../composition.ts';

export const handler = createHttpHandler(updateTask, async ({ params: { taskId }, body, ifMatch }, { subject }) =>
  ok(orNotFound(await tasks.update(subject, taskId, body, ifMatch), 'Task', taskId)),
);
