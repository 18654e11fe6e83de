import { readFile } from 'node:fs/promises';

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

const none: Results = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };

const resultsIn = async (file: string): Promise<Results> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results;
  } catch {
    return none; // the stage did not get so far
  }
};

/** How many tests the result files of a run count together. */
export const totalOf = async (files: readonly string[]) => {
  const all = await Promise.all(files.map(resultsIn));
  const sum = (count: keyof Results) => all.reduce((total, results) => total + results[count], 0);
  return { passed: sum('numPassedTests'), failed: sum('numFailedTests'), skipped: sum('numPendingTests') };
};
