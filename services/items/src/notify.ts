import { notFound } from '@app/http';
import { backoff, socketError } from '@app/middleware';
import { logger, type Trace, traceIdOf } from '@app/observability';
import type { Announcement, Announcer, Answer, Notice } from './announcement.ts';
import type { RequestRepository } from './requestRepository.ts';
import { isCompleted } from './requestRow.ts';
import { toNotification } from './requestView.ts';
import type { Sockets } from './sockets.ts';
import type { SubscriptionRepository } from './subscriptionRepository.ts';
import { createTell, type Told } from './tell.ts';

interface Notifier {
  readonly requests: Pick<RequestRepository, 'get'>;
  readonly subscriptions: Pick<SubscriptionRepository, 'pageByRequest' | 'remove'>;
  readonly sockets: Sockets;
  readonly announcer: Announcer;
}

const mostAttempts = 5; // 1, 2, 4 and 8 s apart: longer than a connection may take to open

/**
 * Tells connections what requests have come to. The request's row is read, then its subscriptions: whoever subscribes
 * writes first and reads after, so that one of the two finds the other.
 *
 * Each subscriber stands for itself: one that cannot be told gets an `answer` of its own, to be tried later, and the
 * announcement is done. One that cannot be reached in `mostAttempts`, because it never opened or takes nothing, is let go.
 */
export const createNotifier = ({ requests, subscriptions, sockets, announcer }: Notifier) => {
  const tell = createTell(sockets);

  const logUntold = ({ requestId, connectionId, attempts = 0 }: Omit<Answer, 'operation'>, told: Told, trace: Trace) =>
    logger.warn('not told', { requestId, traceId: traceIdOf(trace), connectionId, attempts: attempts + 1, ...told });

  /** A row that stays behind goes with its TTL. */
  const forget = ({ requestId, connectionId }: Omit<Answer, 'operation'>, trace: Trace) =>
    subscriptions.remove(requestId, connectionId).catch((error: unknown) => {
      logger.warn('not forgotten', { requestId, traceId: traceIdOf(trace), connectionId, error });
    });

  /** Has one that was not told be tried again, or lets it go. */
  const settle = async (to: Omit<Answer, 'operation'>, told: Told, trace: Trace) => {
    if (told.outcome === 'told') return;
    if ('error' in told) logUntold(to, told, trace);
    const attempts = (to.attempts ?? 0) + 1;
    const isOver = told.outcome === 'gone' || attempts >= mostAttempts;
    await (isOver ? forget(to, trace) : announcer.answer({ ...to, attempts }, trace, backoff(attempts)));
  };

  const announce = async ({ requestId, after }: Announcement, trace: Trace) => {
    const request = await requests.get(requestId);
    if (!request || !isCompleted(request)) return 'open'; // opened anew: another announcement will follow
    const text = toNotification(request);
    const { subscribers, next } = await subscriptions.pageByRequest(requestId, after);
    if (next) await announcer.announce(requestId, trace, next); // first: these must not keep the others waiting
    const theirs = subscribers.filter(
      ({ ownerId }) => ownerId === request.ownerId, // one of somebody else's may be there for the moment until it is refused
    );
    const all = await Promise.allSettled(
      theirs.map(async ({ ownerId: owner, connectionId, connectedAt }) => {
        const told = await tell({ connectionId, connectedAt }, text);
        await settle({ requestId, owner, connectionId, connectedAt }, told, trace);
        return told.outcome;
      }),
    );
    const failures = all.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} could not be put off`);
    return all.some((each) => each.status === 'fulfilled' && each.value === 'told') ? 'told' : 'nobody';
  };

  const answer = async ({ operation: _operation, ...to }: Answer, trace: Trace) => {
    const { requestId, owner, connectionId } = to;
    const request = await requests.get(requestId);
    const isTheirs = request?.ownerId === owner;
    if (isTheirs && !isCompleted(request)) return 'open';
    const { slug, message } = notFound('Request', requestId);
    const text = isTheirs ? toNotification(request) : JSON.stringify(socketError(slug, message));
    const told = await tell(to, text);
    if (told.outcome === 'failed')
      throw new Error(`Connection ${connectionId} could not be told`, { cause: told.error });
    await settle(to, told, trace);
    return told.outcome === 'told' ? 'told' : 'nobody';
  };

  return (notice: Notice, trace: Trace): Promise<string> =>
    notice.operation === 'announce' ? announce(notice, trace) : answer(notice, trace);
};
