import { createSocketHandler } from '@app/middleware';
import { subscriptions } from '../subscriptions/composition.ts';

export const handler = createSocketHandler({
  route: 'disconnect',
  handle: async ({ connectionId }) => {
    await subscriptions.forget(connectionId);
    return undefined;
  },
});
