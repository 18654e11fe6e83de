import type { Item } from '@app/contracts/items';
import { updateItem } from '@app/contracts/operations/updateItem';
import { ok } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptWrite } from '../acceptance/composition.ts';

export const handler = createHttpHandler(
  updateItem,
  ({ params: { itemId }, body: changes, ifMatch, identity, wait, trace }, { subject: owner }) =>
    acceptWrite(
      { operation: 'update', requestId: identity.id, owner, itemId, changes, ifMatch },
      { wait, trace, finished: ok<Item> },
    ),
);
