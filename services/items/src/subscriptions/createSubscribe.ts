import type { SocketRequest } from '@app/middleware';
import type { Announcer } from '../queues/createAnnouncer.ts';
import type { RequestRepository } from '../requests/requestRepository.ts';
import { isCompleted, type RequestRow } from '../requests/requestRow.ts';
import type { SubscriptionRepository } from './subscriptionRepository.ts';

interface Dependencies {
  readonly requests: Pick<RequestRepository, 'get'>;
  readonly subscriptions: Pick<SubscriptionRepository, 'add' | 'remove'>;
  readonly announcer: Pick<Announcer, 'answer'>;
}

type Subscriber = Pick<SocketRequest, 'connectionId' | 'connectedAt' | 'subject' | 'trace'>;

/**
 * Subscribes a connection to a request. The subscription is written first and the request read after; the writer completes
 * first and has subscriptions read after: whoever comes late is told through the notification queue. Resolves to the
 * request; undefined, and no subscription, where the owner has no such request.
 */
export const createSubscribe =
  ({ requests, subscriptions, announcer }: Dependencies) =>
  async ({ connectionId, connectedAt, subject, trace }: Subscriber, requestId: string) => {
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
