import { deleteItem } from '@app/contracts';
import { validateDeleteItem } from '@app/contracts/validators/deleteItem';
import { noContent } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptWrite } from '../acceptWrite.ts';

export const handler = createHttpHandler({
  operation: deleteItem,
  validate: validateDeleteItem,
  handle: ({ params: { itemId }, ifMatch, identity, wait, trace }, { subject: owner }) =>
    acceptWrite(
      { operation: 'delete', requestId: identity.id, owner, itemId, ifMatch },
      { wait, trace, finished: noContent },
    ),
});
