import type { Cause } from '../tracing/cause.ts';
import type { Functions } from './functions/functions.ts';

/** Runs a function and resolves to what it returned. Rejects when the function failed. */
export type Invoke = (functionName: string, event: unknown, cause?: Cause) => Promise<unknown>;

/** For event sources, which hand over objects and look at what comes back. `repeats` tells what is delivered twice, as a fault. */
export const createInvoke =
  (functions: Pick<Functions, 'invoke'>, repeats: (functionName: string) => boolean = () => false): Invoke =>
  async (functionName, event, cause) => {
    const text = JSON.stringify(event);
    if (repeats(functionName)) await functions.invoke(functionName, text, cause);
    const outcome = await functions.invoke(functionName, text, cause);
    if ('payload' in outcome) return JSON.parse(outcome.payload);
    throw new Error(`${functionName} failed: ${outcome.error.errorMessage}`);
  };
