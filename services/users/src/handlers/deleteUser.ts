import { deleteUser } from '@app/contracts';
import { validateDeleteUser } from '@app/contracts/validators/deleteUser';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../users.ts';

export const handler = createHttpHandler({
  operation: deleteUser,
  validate: validateDeleteUser,
  handle: async ({ params: { userId }, ifMatch }) => {
    orNotFound(await users.delete(userId, ifMatch), 'User', userId);
    return ok({ message: 'User deleted', userId });
  },
});
