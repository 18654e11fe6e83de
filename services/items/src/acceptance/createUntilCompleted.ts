import { setTimeout as delay } from 'node:timers/promises';
import { logger } from '@app/observability';
import type { RequestRepository } from '../requests/requestRepository.ts';
import { isCompleted, type RequestRow } from '../requests/requestRow.ts';
import type { Place, WaitingPlaceRepository } from './waitingPlaceRepository.ts';

interface Dependencies {
  readonly requests: Pick<RequestRepository, 'get'>;
  readonly places: WaitingPlaceRepository;
}

interface Wait {
  readonly requestId: string;
  readonly seconds: number;
  /** It came before, and may be complete: then nobody needs to wait. */
  readonly replayed: boolean;
}

const firstPause = 10; // milliseconds; doubled each time
const longestPause = 400;

/** Whether a place can be had must not decide whether a request is answered. */
const withoutPlaces = (error: unknown) => {
  logger.warn('no place to wait could be taken or left', { error });
  return undefined;
};

/**
 * Waits for a request to be complete, if there is a place left among those who wait. Resolves to the request as it is
 * then, complete or not; to `noPlace` at once when there is none.
 */
export const createUntilCompleted = ({ requests, places }: Dependencies) => {
  const look = async (requestId: string, seconds: number) => {
    const deadline = Date.now() + seconds * 1000;
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      const row = await requests.get(requestId);
      if (!row || isCompleted(row) || Date.now() >= deadline) return row;
      await delay(Math.min(pause, Math.max(deadline - Date.now(), 1)));
    }
  };

  const lookFrom = async (place: Place, requestId: string, seconds: number) => {
    try {
      return await look(requestId, seconds);
    } finally {
      await place.leave().catch(withoutPlaces); // it would run out by itself
    }
  };

  return async ({ requestId, seconds, replayed }: Wait): Promise<{ row: RequestRow | undefined } | 'noPlace'> => {
    if (replayed || seconds === 0) {
      const row = await requests.get(requestId);
      if (seconds === 0 || !row || isCompleted(row)) return { row };
    }
    const place = await places.take(seconds).catch(withoutPlaces);
    return place ? { row: await lookFrom(place, requestId, seconds) } : 'noPlace';
  };
};

export type UntilCompleted = ReturnType<typeof createUntilCompleted>;
