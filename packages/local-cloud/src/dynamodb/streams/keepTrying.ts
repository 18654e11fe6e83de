import { setTimeout as delay } from 'node:timers/promises';

interface Options {
  readonly signal: AbortSignal;
  readonly log: (message: string) => void;
  /** Milliseconds before the next try. */
  readonly pause: number;
}

/**
 * Makes an action survive any failure of it: it is tried again until it is done or the signal is given. Says why when it
 * begins to fail, not each time; an action that goes on for long tells when it is well again. Resolves to undefined when the signal came first.
 */
export const createKeepTrying = ({ signal, log, pause }: Options) => {
  let isFailing = false;
  const isWell = () => {
    isFailing = false;
  };
  return async <Result>(action: (isWell: () => void) => Promise<Result>): Promise<Result | undefined> => {
    while (!signal.aborted) {
      try {
        const result = await action(isWell);
        isWell();
        return result;
      } catch (error) {
        if (signal.aborted) return undefined;
        if (!isFailing) log((error as Error).message);
        isFailing = true;
        await delay(pause, undefined, { signal }).catch(() => {});
      }
    }
    return undefined;
  };
};
