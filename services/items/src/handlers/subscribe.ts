import { subscribe as message } from '@app/contracts/messages/subscribe';
import { orNotFound } from '@app/http';
import { createSocketHandler } from '@app/middleware';
import { subscribe } from '../subscriptions/composition.ts';

export const handler = createSocketHandler({
  route: 'subscribe',
  message,
  handle: async (request) => {
    const { requestId } = request.message;
    orNotFound(await subscribe(request, requestId), 'Request', requestId);
    return { type: 'subscribed', requestId };
  },
});
