import { setTimeout as wait } from 'node:timers/promises';
import { ContentionError } from '@app/resource';

const maxAttempts = 8;
const firstWait = 25; // milliseconds; doubled each time: 3 s in all at the most
const longestWait = 800;

/** Full jitter: callers that collided once must not collide again. */
const jittered = (attempt: number) => Math.random() * Math.min(longestWait, firstWait * 2 ** attempt);

/** Tries again as long as what was thrown is worth it, eight times in all unless told otherwise; then throws it. */
export const retrying = async <T>(
  attempt: () => Promise<T>,
  isWorthwhile: (error: unknown) => boolean,
  isTooMany = (attempts: number) => attempts >= maxAttempts,
): Promise<T> => {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isWorthwhile(error) || isTooMany(failures + 1)) throw error;
      await wait(jittered(failures));
    }
  }
};

/**
 * Reads and writes anew for as long as the attempt finds that others were faster: eight times, or for so many
 * milliseconds. Throws ContentionError in the end.
 */
export const untilSettled = <T>(attempt: () => Promise<T>, milliseconds?: number): Promise<T> => {
  const end = Date.now() + (milliseconds ?? 0);
  const isOver = milliseconds === undefined ? undefined : () => Date.now() >= end;
  return retrying(attempt, (error) => error instanceof ContentionError, isOver);
};
