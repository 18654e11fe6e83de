import type { Listener } from '../http/listener.ts';
import type { Lifecycle } from '../process/lifecycle.ts';

/** Has a server take no more requests at the end, and close once what it took is answered. */
export const endWith = (lifecycle: Lifecycle, { stopTaking, close }: Pick<Listener, 'stopTaking' | 'close'>) => {
  lifecycle.atRefusal(stopTaking);
  lifecycle.atEnd(close);
};
