import { createSocketHandler } from '@app/middleware';
import { requestIdOf } from '../subscribe.ts';
import { announcer, subscribe } from '../subscribing.ts';

/** Nothing can be said from here but no: that a request is unknown is told through the notification queue. */
export const handler = createSocketHandler({
  route: 'connect',
  handle: async (request) => {
    const { connectionId, connectedAt, subject: owner, message, trace } = request;
    if (message.requestId === undefined) return undefined;
    const requestId = requestIdOf(message);
    if (await subscribe(request, requestId)) return undefined;
    await announcer.answer({ requestId, owner, connectionId, connectedAt: connectedAt.toISOString() }, trace);
    return undefined;
  },
});
