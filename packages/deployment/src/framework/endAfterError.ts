/**
 * The framework says what is wrong, and then waits for what plugins have open: serverless-esbuild leaves esbuild running
 * when a bundle cannot be built, and the process never ends. `signal` is aborted once it has been silent after its error.
 */
export const endAfterError = (silentMs = 5000) => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let hasFailed = false;
  return {
    signal: controller.signal,
    /** To be called with each line of its output. */
    see: (line: string): void => {
      hasFailed ||= line === 'Error:';
      clearTimeout(timer);
      if (hasFailed) timer = setTimeout(() => controller.abort(), silentMs);
    },
    stop: (): void => clearTimeout(timer),
  };
};
