import { listUsers } from '@app/contracts';
import { validateListUsers } from '@app/contracts/validators/listUsers';
import { page as pageOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../users.ts';

export const handler = createHttpHandler({
  operation: listUsers,
  validate: validateListUsers,
  handle: async ({ query: { email }, page }) =>
    pageOf('users', await (email === undefined ? users.listNewestFirst(page) : users.findByEmail(email))),
});
