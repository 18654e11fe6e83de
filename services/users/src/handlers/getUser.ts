import { getUser } from '@app/contracts';
import { validateGetUser } from '@app/contracts/validators/getUser';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../users.ts';

export const handler = createHttpHandler({
  operation: getUser,
  validate: validateGetUser,
  handle: async ({ params: { userId } }) => ok(orNotFound(await users.get(userId), 'User', userId)),
});
