import { unsubscribe as message } from '@app/contracts/messages/unsubscribe';
import { createSocketHandler } from '@app/middleware';
import { subscriptions } from '../subscriptions/composition.ts';

export const handler = createSocketHandler({
  route: 'unsubscribe',
  message,
  handle: async ({ connectionId, message: { requestId } }) => {
    await subscriptions.remove(requestId, connectionId);
    return { type: 'unsubscribed', requestId };
  },
});
