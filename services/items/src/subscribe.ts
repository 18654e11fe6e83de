import { canonicalUuid } from '@app/contracts';
import { invalidRequest } from '@app/http';
import type { SocketRequest } from '@app/middleware';
import type { Announcer } from './announcement.ts';
import type { RequestRepository } from './requestRepository.ts';
import { isCompleted, type RequestRow } from './requestRow.ts';
import type { SubscriptionRepository } from './subscriptionRepository.ts';

interface Subscribing {
  readonly requests: Pick<RequestRepository, 'get'>;
  readonly subscriptions: Pick<SubscriptionRepository, 'add' | 'remove'>;
  readonly announcer: Pick<Announcer, 'answer'>;
}

/** The id of the request that a message is about. Throws the refusal of what is none. */
export const requestIdOf = ({ requestId }: SocketRequest['message']): string => {
  const id = typeof requestId === 'string' ? canonicalUuid(requestId) : undefined;
  if (id === undefined)
    throw invalidRequest(
      [{ in: 'body', pointer: '/requestId', detail: 'must be a valid uuid' }],
      'requestId must be a valid uuid',
    );
  return id;
};

/**
 * Subscribes a connection to a request. The subscription is written first and the request read after; the writer completes
 * first and has subscriptions read after: whoever comes late is told through the notification queue. Resolves to the
 * request; undefined, and no subscription, where the owner has no such request.
 */
export const createSubscribe =
  ({ requests, subscriptions, announcer }: Subscribing) =>
  async ({ connectionId, connectedAt, subject, trace }: SocketRequest, requestId: string) => {
    const connection = { requestId, connectionId, connectedAt: connectedAt.toISOString() };
    await subscriptions.add({ ...connection, ownerId: subject });
    const request: RequestRow | undefined = await requests.get(requestId);
    if (request?.ownerId !== subject) {
      await subscriptions.remove(requestId, connectionId);
      return undefined;
    }
    if (isCompleted(request)) await announcer.answer({ ...connection, owner: subject }, trace);
    return request;
  };
