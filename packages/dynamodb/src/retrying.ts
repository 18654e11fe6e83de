import { setTimeout as wait } from 'node:timers/promises';
import { ContentionError } from './errors.ts';

const maxAttempts = 8;
const firstWait = 25; // milliseconds; doubled each time: 3 s in all at the most
const longestWait = 800;

/** Full jitter: callers that collided once must not collide again. */
const jittered = (attempt: number) => Math.random() * Math.min(longestWait, firstWait * 2 ** attempt);

/** Tries again, eight times in all, as long as what was thrown is worth it; then throws it. */
export const retrying = async <T>(attempt: () => Promise<T>, isWorthwhile: (error: unknown) => boolean): Promise<T> => {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isWorthwhile(error) || failures + 1 >= maxAttempts) throw error;
      await wait(jittered(failures));
    }
  }
};

/** Reads and writes anew for as long as the attempt finds that others were faster: throws ContentionError in the end. */
export const untilSettled = <T>(attempt: () => Promise<T>): Promise<T> =>
  retrying(attempt, (error) => error instanceof ContentionError);
