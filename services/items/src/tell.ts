import type { Sockets } from './sockets.ts';
import type { Subscription } from './subscriptionRepository.ts';

export type Connection = Pick<Subscription, 'connectionId' | 'connectedAt'>;

/**
 * What a post to a connection came to. `opening`: nothing can be posted to it yet. `busy`: it took nothing in time, or no
 * more of what is sent to it. Neither is a fault of ours, and a client can bring about both. `failed`: something else.
 */
export type Told =
  | { readonly outcome: 'told' | 'gone' | 'opening' }
  | { readonly outcome: 'busy' | 'failed'; readonly error: unknown };

/** A connection counts as opening for so long (milliseconds): nothing can be posted to it before `$connect` has ended. */
const opening = 10_000;

const isOpening = ({ connectedAt }: Connection) => Date.now() - Date.parse(connectedAt) < opening;

/** API Gateway throttles what is posted to a connection whose client does not read: 429 (LimitExceededException). */
const isBusy = (error: unknown) => {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'TimeoutError' || $metadata?.httpStatusCode === 429;
};

/** Posts a text to a connection. Never throws: what becomes of one connection is nothing to the others. */
export const createTell =
  (sockets: Sockets) =>
  async (to: Connection, text: string): Promise<Told> => {
    try {
      if (await sockets.post(to.connectionId, text)) return { outcome: 'told' };
      return { outcome: isOpening(to) ? 'opening' : 'gone' };
    } catch (error) {
      return { outcome: isBusy(error) ? 'busy' : 'failed', error };
    }
  };
