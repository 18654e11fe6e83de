import type { Functions } from './functions/functions.ts';

/** Runs a function and resolves to what it returned. Rejects when the function failed. */
export type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

/** For event sources, which hand over objects and look at what comes back. */
export const createInvoke =
  (functions: Pick<Functions, 'invoke'>): Invoke =>
  async (functionName, event) => {
    const outcome = await functions.invoke(functionName, JSON.stringify(event));
    if ('payload' in outcome) return JSON.parse(outcome.payload);
    throw new Error(`${functionName} failed: ${outcome.error.errorMessage}`);
  };
