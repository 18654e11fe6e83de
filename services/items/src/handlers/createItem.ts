import { createItem, type Item } from '@app/contracts';
import { validateCreateItem } from '@app/contracts/validators/createItem';
import { created } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptWrite } from '../acceptWrite.ts';
import { newItemId } from '../newItemId.ts';

export const handler = createHttpHandler({
  operation: createItem,
  validate: validateCreateItem,
  handle: ({ body: input, identity: { id: requestId, payloadDigest }, wait, trace }, { subject: owner }) => {
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
});
