interface Outcome {
  readonly name: string;
  readonly error: string | undefined;
}

/** The steps of a check: each is said as it ends, and one that fails hides none but those that stand on it. */
export const createSteps = (print: (text: string) => void) => {
  const outcomes: Outcome[] = [];
  return {
    /** Runs a step; resolves to what it resolves to, or to undefined when it failed. */
    run: async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
      const startedAt = performance.now();
      const say = (sign: string) => print(`${sign} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
      try {
        const result = await work();
        outcomes.push({ name, error: undefined });
        say('✔');
        return result;
      } catch (error) {
        outcomes.push({ name, error: (error as Error).message });
        say('✘');
        print((error as Error).message);
        return undefined;
      }
    },
    passed: (): number => outcomes.filter(({ error }) => error === undefined).length,
    failed: (): string[] => outcomes.filter(({ error }) => error !== undefined).map(({ name }) => name),
  };
};

export type Steps = ReturnType<typeof createSteps>;

/** Throws unless what is claimed holds. */
export const expectThat: (holds: unknown, otherwise: string) => asserts holds = (holds, otherwise) => {
  if (!holds) throw new Error(otherwise);
};
