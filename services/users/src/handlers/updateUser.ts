import { updateUser } from '@app/contracts';
import { validateUpdateUser } from '@app/contracts/validators/updateUser';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../users.ts';

export const handler = createHttpHandler({
  operation: updateUser,
  validate: validateUpdateUser,
  handle: async ({ params: { userId }, body, ifMatch }) =>
    ok(orNotFound(await users.update(userId, body, ifMatch), 'User', userId)),
});
