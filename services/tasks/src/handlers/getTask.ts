import { getTask } from '@app/contracts/operations/getTask';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../composition.ts';

export const handler = createHttpHandler(getTask, async ({ params: { taskId } }, { subject }) =>
  ok(orNotFound(await tasks.get(subject, taskId), 'Task', taskId)),
);
