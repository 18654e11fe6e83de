import { listUsers } from '@app/contracts/operations/listUsers';
import { page as pageOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { users } from '../composition.ts';

export const handler = createHttpHandler(listUsers, async ({ query: { email }, page }) =>
  pageOf('users', await (email === undefined ? users.listNewestFirst(page) : users.findByEmail(email))),
);
