import { createTask } from '@app/contracts';
import { validateCreateTask } from '@app/contracts/validators/createTask';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../tasks.ts';

export const handler = createHttpHandler({
  operation: createTask,
  validate: validateCreateTask,
  handle: async ({ body, identity }, { subject }) => created(await tasks.create(subject, body, identity)),
});
