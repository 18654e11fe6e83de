import type { Item } from '@app/contracts/items';
import { getItem } from '@app/contracts/operations/getItem';
import { ok } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptRead } from '../acceptance/composition.ts';

export const handler = createHttpHandler(getItem, ({ params: { itemId }, wait, trace }, { subject: owner }) =>
  acceptRead({ operation: 'get', requestId: trace.requestId, owner, itemId }, { wait, trace, finished: ok<Item> }),
);
