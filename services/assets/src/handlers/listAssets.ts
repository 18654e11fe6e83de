import { listAssets } from '@app/contracts';
import { validateListAssets } from '@app/contracts/validators/listAssets';
import { page as pageOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets.ts';

export const handler = createHttpHandler({
  operation: listAssets,
  validate: validateListAssets,
  handle: async ({ query: { status, ...created }, page }, { subject }) =>
    pageOf(
      'assets',
      await (status === undefined
        ? assets.listNewestFirst(subject, created, page)
        : assets.listByStatus(subject, status, created, page)),
    ),
});
