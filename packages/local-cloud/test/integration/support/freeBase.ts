import { host, isListening } from '../../../src/portCheck.ts';

/** A port base for one test, apart from those that the harness picks; checked only where a cloud would notice first. */
export const freeBase = async (): Promise<number> => {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 22_000 + 120 * Math.floor(Math.random() * 30);
    if (!(await isListening(base, host)) && !(await isListening(base + 5000, host))) return base;
  }
  throw new Error('No free ports.');
};
