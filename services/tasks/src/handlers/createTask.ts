import { createTask } from '@app/contracts/operations/createTask';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { tasks } from '../composition.ts';

export const handler = createHttpHandler(createTask, async ({ body, identity }, { subject }) =>
  created(await tasks.create(subject, body, identity)),
);
