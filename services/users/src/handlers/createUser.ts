import { createUser } from '@app/contracts/operations/createUser';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../composition.ts';

export const handler = createHttpHandler(createUser, async ({ body, identity }) =>
  created(await users.create(body, identity)),
);
