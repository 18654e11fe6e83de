/** Says no more than once in so long (milliseconds) that invocations wait. */
const silence = 10_000;

/**
 * The execution environments that functions may have besides the one that each may always have. A function that gets none
 * has its invocations wait, and hears when there is room again.
 */
export const createBudget = (limit: number, log: (message: string) => void) => {
  const waiting = new Set<() => void>();
  let taken = 0;
  let lastSaid = -silence;
  return {
    /** Takes a place. False when there is none: `whenFree` is called, once, as soon as there is. */
    take: (functionName: string, whenFree: () => void): boolean => {
      if (taken < limit) {
        taken += 1;
        return true;
      }
      waiting.add(whenFree);
      if (performance.now() - lastSaid >= silence) {
        lastSaid = performance.now();
        log(`${functionName} has invocations waiting: all ${limit} execution environments for load are in use.`);
      }
      return false;
    },
    give: () => {
      taken -= 1;
      const [first] = waiting;
      if (!first) return;
      waiting.delete(first);
      first();
    },
    /** Whether some function waits for a place. */
    isWanted: () => waiting.size > 0,
    taken: () => taken,
  };
};

export type Budget = ReturnType<typeof createBudget>;
