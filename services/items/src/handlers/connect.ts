import { connect as message } from '@app/contracts/messages/connect';
import { createSocketHandler } from '@app/middleware';
import { announcer } from '../queues/composition.ts';
import { subscribe } from '../subscriptions/composition.ts';

/** Nothing can be posted to a connection that is opening: an unknown request is answered through the notification queue. */
export const handler = createSocketHandler({
  route: 'connect',
  message,
  handle: async (request) => {
    const { connectionId, connectedAt, subject: owner, trace } = request;
    const { requestId } = request.message;
    if (requestId === undefined) return undefined;
    if (await subscribe(request, requestId)) return undefined;
    await announcer.answer({ requestId, owner, connectionId, connectedAt: connectedAt.toISOString() }, trace);
    return undefined;
  },
});
