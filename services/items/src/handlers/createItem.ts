import type { Item } from '@app/contracts/items';
import { createItem } from '@app/contracts/operations/createItem';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptWrite } from '../acceptance/composition.ts';
import { newItemId } from '../items/newItemId.ts';

export const handler = createHttpHandler(
  createItem,
  ({ body: input, identity: { id: requestId, payloadDigest }, wait, trace }, { subject: owner }) => {
    const itemId = newItemId(requestId);
    return acceptWrite(
      { operation: 'create', requestId, owner, itemId, input, payloadDigest },
      {
        wait,
        trace,
        finished: (resource: Item) => ({ ...created({ resource, replayed: false }), location: `/items/${itemId}` }),
      },
    );
  },
);
