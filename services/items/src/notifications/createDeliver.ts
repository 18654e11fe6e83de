import type { Subscription } from '../subscriptions/subscriptionRepository.ts';
import type { SocketClient } from './socketClient.ts';

export type Connection = Pick<Subscription, 'connectionId' | 'connectedAt'>;

/**
 * The outcome of a post to a connection. `opening`: nothing can be posted to it yet. `busy`: it took nothing in time, or
 * does not read what it is sent. A client can cause both. `failed`: any other error.
 */
export type Delivery =
  | { readonly outcome: 'delivered' | 'gone' | 'opening' }
  | { readonly outcome: 'busy' | 'failed'; readonly error: unknown };

/** A connection counts as opening for so long (milliseconds): nothing can be posted to it before `$connect` has ended. */
const opening = 10_000;

const isOpening = ({ connectedAt }: Connection) => Date.now() - Date.parse(connectedAt) < opening;

/** API Gateway throttles what is posted to a connection whose client does not read: 429 (LimitExceededException). */
const isBusy = (error: unknown) => {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'TimeoutError' || $metadata?.httpStatusCode === 429;
};

/** Posts a text to a connection. Never throws: one connection must not affect the others. */
export const createDeliver =
  (sockets: SocketClient) =>
  async (to: Connection, text: string): Promise<Delivery> => {
    try {
      if (await sockets.post(to.connectionId, text)) return { outcome: 'delivered' };
      return { outcome: isOpening(to) ? 'opening' : 'gone' };
    } catch (error) {
      return { outcome: isBusy(error) ? 'busy' : 'failed', error };
    }
  };
