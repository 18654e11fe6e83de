import { createUser } from '@app/contracts';
import { validateCreateUser } from '@app/contracts/validators/createUser';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../users.ts';

export const handler = createHttpHandler({
  operation: createUser,
  validate: validateCreateUser,
  handle: async ({ body, identity }) => created(await users.create(body, identity)),
});
