import { deleteItem } from '@app/contracts/operations/deleteItem';
import { noContent } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptWrite } from '../acceptance/composition.ts';

export const handler = createHttpHandler(
  deleteItem,
  ({ params: { itemId }, ifMatch, identity, wait, trace }, { subject: owner }) =>
    acceptWrite(
      { operation: 'delete', requestId: identity.id, owner, itemId, ifMatch },
      { wait, trace, finished: noContent },
    ),
);
