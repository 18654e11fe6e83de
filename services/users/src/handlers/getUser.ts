import { getUser } from '@app/contracts/operations/getUser';
import { ok, orNotFound } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../composition.ts';

export const handler = createHttpHandler(getUser, async ({ params: { userId } }) =>
  ok(orNotFound(await users.get(userId), 'User', userId)),
);
