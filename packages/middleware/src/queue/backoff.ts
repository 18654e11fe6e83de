const longest = 900; // a quarter of an hour

/** Seconds until the next attempt, after the given number of them: 1, 2, 4, 8 … */
export const backoff = (attempts: number): number => Math.min(2 ** (attempts - 1), longest);
