import { updateUser } from '@app/contracts/operations/updateUser';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../composition.ts';

export const handler = createHttpHandler(updateUser, async ({ params: { userId }, body, ifMatch }) =>
  ok(orNotFound(await users.update(userId, body, ifMatch), 'User', userId)),
);
