import type { ItemPage } from '@app/contracts/items';
import { listItems } from '@app/contracts/operations/listItems';
import { ok } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptRead } from '../acceptance/composition.ts';

export const handler = createHttpHandler(listItems, ({ page, wait, trace }, { subject: owner }) =>
  acceptRead(
    { operation: 'list', requestId: trace.requestId, owner, ...page },
    { wait, trace, finished: ok<ItemPage> },
  ),
);
