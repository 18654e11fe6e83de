import { createSocketHandler, unknownAction } from '@app/middleware';

export const handler = createSocketHandler({
  route: 'default',
  handle: () => Promise.reject(unknownAction(['subscribe', 'unsubscribe', 'ping'])),
});
