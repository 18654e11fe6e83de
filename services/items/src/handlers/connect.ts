import { canonicalUuid } from '@app/contracts';
import { createSocketHandler } from '@app/middleware';
import { announcer, subscribe } from '../subscribing.ts';

/** Nothing can be said from here: that a request is unknown is told through the notification queue. */
export const handler = createSocketHandler({
  route: 'connect',
  handle: async (request) => {
    const { connectionId, connectedAt, subject: owner, message, trace } = request;
    if (typeof message.requestId !== 'string' || message.requestId === '') return undefined;
    const requestId = canonicalUuid(message.requestId);
    if (requestId !== undefined && (await subscribe(request, requestId))) return undefined;
    await announcer.answer(
      { requestId: message.requestId.slice(0, 36), owner, connectionId, connectedAt: connectedAt.toISOString() },
      trace,
    );
    return undefined;
  },
});
