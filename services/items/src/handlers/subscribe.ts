import { orNotFound } from '@app/http';
import { createSocketHandler } from '@app/middleware';
import { requestIdOf } from '../subscribe.ts';
import { subscribe } from '../subscribing.ts';

export const handler = createSocketHandler({
  route: 'subscribe',
  handle: async (request) => {
    const requestId = requestIdOf(request.message);
    orNotFound(await subscribe(request, requestId), 'Request', requestId);
    return { type: 'subscribed', requestId };
  },
});
