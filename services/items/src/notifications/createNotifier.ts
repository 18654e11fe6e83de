import { notFound } from '@app/http';
import { backoff, socketError } from '@app/middleware';
import { logger, type Trace, traceIdOf } from '@app/observability';
import type { Announcement, Announcer, Answer, Notice } from '../queues/createAnnouncer.ts';
import type { RequestRepository } from '../requests/requestRepository.ts';
import { isCompleted } from '../requests/requestRow.ts';
import { toNotification } from '../requests/requestView.ts';
import type { SubscriptionRepository } from '../subscriptions/subscriptionRepository.ts';
import { createDeliver, type Delivery } from './createDeliver.ts';
import type { SocketClient } from './socketClient.ts';

interface Dependencies {
  readonly requests: Pick<RequestRepository, 'get'>;
  readonly subscriptions: Pick<SubscriptionRepository, 'pageByRequest' | 'remove'>;
  readonly sockets: SocketClient;
  readonly announcer: Announcer;
}

type Recipient = Omit<Answer, 'operation'>;

const mostAttempts = 5; // 1, 2, 4 and 8 s apart: longer than a connection may take to open

/**
 * Notifies connections of completed requests. The request's row is read, then its subscriptions: whoever subscribes
 * writes first and reads after, so that one of the two finds the other.
 *
 * Each subscriber stands for itself: one that cannot be notified gets an `answer` of its own, to be tried later, and the
 * announcement is done. One that cannot be reached in `mostAttempts`, because it never opened or takes nothing, is dropped.
 */
export const createNotifier = ({ requests, subscriptions, sockets, announcer }: Dependencies) => {
  const deliver = createDeliver(sockets);

  const logUndelivered = ({ requestId, connectionId, attempts = 0 }: Recipient, delivery: Delivery, trace: Trace) =>
    logger.warn('not delivered', {
      requestId,
      traceId: traceIdOf(trace),
      connectionId,
      attempts: attempts + 1,
      ...delivery,
    });

  /** A row that stays behind goes with its TTL. */
  const forget = ({ requestId, connectionId }: Recipient, trace: Trace) =>
    subscriptions.remove(requestId, connectionId).catch((error: unknown) => {
      logger.warn('not forgotten', { requestId, traceId: traceIdOf(trace), connectionId, error });
    });

  /** Sends a recipient that was not reached a notice of its own, for a later attempt, or drops it. */
  const settle = async (to: Recipient, delivery: Delivery, trace: Trace) => {
    if (delivery.outcome === 'delivered') return;
    if ('error' in delivery) logUndelivered(to, delivery, trace);
    const attempts = (to.attempts ?? 0) + 1;
    const isOver = delivery.outcome === 'gone' || attempts >= mostAttempts;
    await (isOver ? forget(to, trace) : announcer.answer({ ...to, attempts }, trace, backoff(attempts)));
  };

  const announce = async ({ requestId, after }: Announcement, trace: Trace) => {
    const request = await requests.get(requestId);
    if (!request || !isCompleted(request)) return 'open'; // reopened: another announcement will follow
    const text = toNotification(request);
    const { subscribers, next } = await subscriptions.pageByRequest(requestId, after);
    if (next) await announcer.announce(requestId, trace, next); // first: these must not keep the others waiting
    const theirs = subscribers.filter(
      ({ ownerId }) => ownerId === request.ownerId, // one of somebody else's may be there for the moment until it is refused
    );
    const all = await Promise.allSettled(
      theirs.map(async ({ ownerId: owner, connectionId, connectedAt }) => {
        const delivery = await deliver({ connectionId, connectedAt }, text);
        await settle({ requestId, owner, connectionId, connectedAt }, delivery, trace);
        return delivery.outcome;
      }),
    );
    const failures = all.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} could not be postponed`);
    return all.some((each) => each.status === 'fulfilled' && each.value === 'delivered') ? 'delivered' : 'nobody';
  };

  const answer = async ({ operation: _operation, ...to }: Answer, trace: Trace) => {
    const { requestId, owner, connectionId } = to;
    const request = await requests.get(requestId);
    const isTheirs = request?.ownerId === owner;
    if (isTheirs && !isCompleted(request)) return 'open';
    const { slug, message } = notFound('Request', requestId);
    const text = isTheirs ? toNotification(request) : JSON.stringify(socketError(slug, message));
    const delivery = await deliver(to, text);
    if (delivery.outcome === 'failed')
      throw new Error(`Connection ${connectionId} could not be reached`, { cause: delivery.error });
    await settle(to, delivery, trace);
    return delivery.outcome === 'delivered' ? 'delivered' : 'nobody';
  };

  return (notice: Notice, trace: Trace): Promise<string> =>
    notice.operation === 'announce' ? announce(notice, trace) : answer(notice, trace);
};
