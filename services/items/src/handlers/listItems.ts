import { type ItemPage, listItems } from '@app/contracts';
import { validateListItems } from '@app/contracts/validators/listItems';
import { ok } from '@app/http';
import { createHttpHandler } from '@app/middleware';
import { acceptRead } from '../acceptRead.ts';

export const handler = createHttpHandler({
  operation: listItems,
  validate: validateListItems,
  handle: ({ page, wait, trace }, { subject: owner }) =>
    acceptRead(
      { operation: 'list', requestId: trace.requestId, owner, ...page },
      { wait, trace, finished: ok<ItemPage> },
    ),
});
