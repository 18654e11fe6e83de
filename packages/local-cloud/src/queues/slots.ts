/** Work of which only so much may be under way at once. */
export const createSlots = (count: number) => {
  let taken = 0;
  let freed: (() => void) | undefined;
  return {
    /** Resolves when there is room. For one caller at a time. */
    untilFree: async () => {
      if (taken < count) return;
      await new Promise<void>((resolve) => {
        freed = resolve;
      });
    },
    /** Starts work, which must not reject, whether there is room or not. */
    run: (work: () => Promise<void>) => {
      taken += 1;
      void work().finally(() => {
        taken -= 1;
        freed?.();
      });
    },
  };
};
