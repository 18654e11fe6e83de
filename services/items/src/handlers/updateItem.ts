import { type Item, updateItem } from '@app/contracts';
import { validateUpdateItem } from '@app/contracts/validators/updateItem';
import { ok } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptWrite } from '../acceptWrite.ts';

export const handler = createHttpHandler({
  operation: updateItem,
  validate: validateUpdateItem,
  handle: ({ params: { itemId }, body: changes, ifMatch, identity, wait, trace }, { subject: owner }) =>
    acceptWrite(
      { operation: 'update', requestId: identity.id, owner, itemId, changes, ifMatch },
      { wait, trace, finished: ok<Item> },
    ),
});
