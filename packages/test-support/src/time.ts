import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';

interface Patience {
  /** Milliseconds until it is asked no more. */
  readonly within?: number | undefined;
  readonly every?: number;
}

/** Asks again and again until the answer is right. Resolves to the last answer, be it right or not when the time is up. */
export const settled = async <T>(
  ask: () => T | Promise<T>,
  isRight: (answer: T) => boolean,
  { within = 40_000, every = 20 }: Patience = {},
): Promise<T> => {
  for (const until = Date.now() + within; ; ) {
    const answer = await ask();
    if (isRight(answer) || Date.now() > until) return answer;
    await delay(every);
  }
};

/** Asks again and again until the answer is yes; false when the time is up. */
export const eventually = (ask: () => Promise<boolean> | boolean, within?: number): Promise<boolean> =>
  settled(ask, Boolean, { within });

/**
 * Milliseconds of the fastest of at most `attempts`, which are counted from 1; the first that takes less than `enough` is
 * the last. How fast something can be is what the code decides; how slow one attempt was, a busy machine.
 */
export const fastest = async (
  attempts: number,
  measure: (attempt: number) => Promise<number>,
  enough: number,
): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 1; attempt <= attempts && best >= enough; attempt += 1)
    best = Math.min(best, await measure(attempt));
  return best;
};

/** Resolves when clocks show another millisecond: what is made then is newer. */
export const nextMillisecond = async (): Promise<void> => {
  for (const now = Date.now(); Date.now() === now; ) await turn();
};

/**
 * Lets time pass where time itself is what a test is about: a load that lasts, or something that must not happen. `why` says
 * what. It proves nothing that could come later: wait for that with `settled` or `eventually`.
 */
export const letPass = (milliseconds: number, _why: string): Promise<void> => delay(milliseconds);
