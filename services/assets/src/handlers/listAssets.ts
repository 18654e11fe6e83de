import { listAssets } from '@app/contracts/operations/listAssets';
import { page as pageOf } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { assets } from '../assets/composition.ts';

export const handler = createHttpHandler(listAssets, async ({ query: { status, ...created }, page }, { subject }) =>
  pageOf(
    'assets',
    await (status === undefined
      ? assets.listNewestFirst(subject, created, page)
      : assets.listByStatus(subject, status, created, page)),
  ),
);
