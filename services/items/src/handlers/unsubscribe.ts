import { createSocketHandler } from '@app/middleware';
import { requestIdOf } from '../subscribe.ts';
import { subscriptions } from '../subscriptions.ts';

export const handler = createSocketHandler({
  route: 'unsubscribe',
  handle: async ({ connectionId, message }) => {
    const requestId = requestIdOf(message);
    await subscriptions.remove(requestId, connectionId);
    return { type: 'unsubscribed', requestId };
  },
});
