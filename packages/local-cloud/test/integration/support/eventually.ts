import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is yes; false when the time is up. */
export const eventually = async (ask: () => Promise<boolean> | boolean, milliseconds = 3000): Promise<boolean> => {
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    if (await ask()) return true;
    await delay(20);
  }
  return false;
};
