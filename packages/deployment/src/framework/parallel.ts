import { availableParallelism } from 'node:os';
import { UsageFailure } from '@app/command-line/failure';

const least = 2; // most of the time is AWS's, not the processor's
const most = 3; // more at once, and CloudFormation throttles

/** How many services at once: as given, else by the processor's cores. Throws UsageFailure. */
export const readParallel = (given: string | undefined, cores = availableParallelism()): number => {
  if (given === undefined) return Math.min(most, Math.max(least, Math.floor(cores / 2)));
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 10) return limit;
  throw new UsageFailure(`--parallel: “${given}” is not a whole number from 1 to 10.`);
};
