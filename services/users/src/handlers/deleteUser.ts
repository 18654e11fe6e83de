import { deleteUser } from '@app/contracts/operations/deleteUser';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../composition.ts';

export const handler = createHttpHandler(deleteUser, async ({ params: { userId }, ifMatch }) => {
  orNotFound(await users.delete(userId, ifMatch), 'User', userId);
  return ok({ message: 'User deleted', userId });
});
