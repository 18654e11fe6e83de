import type { Serverless } from './types.ts';

/** Set while this process loads services for the local cloud: hears of the one that the framework has loaded. */
export const hosting: { loaded?: ((serverless: Serverless) => void) | undefined } = {};
