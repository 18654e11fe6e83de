import { notFound } from '@app/http';
import { socketError } from '@app/middleware';
import type { Announcement, LateAnswer, Notice } from './announcement.ts';
import type { RequestRepository } from './requestRepository.ts';
import { isCompleted } from './requestRow.ts';
import { toNotification } from './requestView.ts';
import type { Sockets } from './sockets.ts';
import type { Subscription, SubscriptionRepository } from './subscriptionRepository.ts';

interface Notifier {
  readonly requests: Pick<RequestRepository, 'get'>;
  readonly subscriptions: Pick<SubscriptionRepository, 'listByRequest' | 'forget' | 'remove'>;
  readonly sockets: Sockets;
}

/** A connection counts as opening for so long (milliseconds): nothing can be posted to it before `$connect` has ended. */
const opening = 10_000;

const isOpening = ({ connectedAt }: Pick<Subscription, 'connectedAt'>) =>
  Date.now() - Date.parse(connectedAt) < opening;

/**
 * Tells connections what requests have come to. The request's row is read, then its subscriptions: whoever subscribes
 * writes first and reads after, so that one of the two finds the other. Throws when somebody could not be told, who is
 * told by a later attempt then, as are all others once more.
 */
export const createNotifier = ({ requests, subscriptions, sockets }: Notifier) => {
  const tell = async (to: Pick<Subscription, 'connectionId' | 'connectedAt'>, text: string) => {
    if (await sockets.post(to.connectionId, text)) return true;
    if (isOpening(to)) throw new Error(`Connection ${to.connectionId} is not open yet`);
    await subscriptions.forget(to.connectionId);
    return false;
  };

  const announce = async ({ requestId }: Announcement) => {
    const request = await requests.get(requestId);
    if (!request || !isCompleted(request)) return 'open'; // opened anew: another announcement will follow
    const text = toNotification(request);
    const subscribers = (await subscriptions.listByRequest(requestId)).filter(
      ({ ownerId }) => ownerId === request.ownerId, // one of somebody else's may be there for the moment until it is refused
    );
    const told = await Promise.allSettled(subscribers.map((each) => tell(each, text)));
    const failures = told.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${told.length} were not told`);
    return told.some((each) => each.status === 'fulfilled' && each.value) ? 'told' : 'nobody';
  };

  const answer = async ({ requestId, owner, ...to }: LateAnswer) => {
    const request = await requests.get(requestId);
    const isTheirs = request?.ownerId === owner;
    if (isTheirs && !isCompleted(request)) return 'open';
    const { slug, message } = notFound('Request', requestId);
    const told = await tell(to, isTheirs ? toNotification(request) : JSON.stringify(socketError(slug, message)));
    return told ? 'told' : 'nobody';
  };

  return (notice: Notice): Promise<string> => (notice.operation === 'announce' ? announce(notice) : answer(notice));
};
