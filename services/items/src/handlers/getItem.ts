import { getItem, type Item } from '@app/contracts';
import { validateGetItem } from '@app/contracts/validators/getItem';
import { ok } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptRead } from '../acceptRead.ts';

export const handler = createHttpHandler({
  operation: getItem,
  validate: validateGetItem,
  handle: ({ params: { itemId }, wait, trace }, { subject: owner }) =>
    acceptRead({ operation: 'get', requestId: trace.requestId, owner, itemId }, { wait, trace, finished: ok<Item> }),
});
