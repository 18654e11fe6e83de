/** Work of which only so much may be under way at once. */
export const createSlots = (count: number) => {
  let taken = 0;
  let waiting: { readonly below: number; readonly resolve: () => void }[] = [];

  const until = async (below: number) => {
    if (taken >= below) await new Promise<void>((resolve) => waiting.push({ below, resolve }));
  };
  const release = () => {
    taken -= 1;
    const ready = waiting.filter(({ below }) => taken < below);
    waiting = waiting.filter((each) => !ready.includes(each));
    for (const { resolve } of ready) resolve();
  };
  return {
    /** Resolves when there is room. For one caller at a time. */
    untilFree: () => until(count),
    /** Resolves when no work is under way. */
    untilIdle: () => until(1),
    /** Starts work, which must not reject, whether there is room or not. */
    run: (work: () => Promise<void>) => {
      taken += 1;
      void work().finally(release);
    },
  };
};
