import { readFile, writeFile } from 'node:fs/promises';

/** What Jest's `--json --outputFile` writes, as far as it is read here. */
interface Results {
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  /** The test file's path. */
  readonly name: string;
  /** `failed` too where a file could not be run at all. */
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
}

const none: Results = { testResults: [] };

const resultsIn = async (file: string): Promise<Results> => {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results;
  } catch {
    return none; // the stage did not get so far
  }
};

const hasFailed = ({ status }: { readonly status: string }): boolean => status === 'failed';

/** The test files of a run in which something failed, each with the names of its failed tests. */
export const failuresIn = async (file: string): Promise<{ readonly file: string; readonly tests: string[] }[]> => {
  const { testResults } = await resultsIn(file);
  return testResults.filter(hasFailed).map(({ name, assertionResults }) => ({
    file: name,
    tests: assertionResults.filter(hasFailed).map(({ fullName }) => fullName),
  }));
};

/** Puts the results of the files that were run again in the place of their first ones. */
export const replaceResults = async (file: string, again: string): Promise<void> => {
  const [first, second] = [await resultsIn(file), await resultsIn(again)];
  const renewed = new Set(second.testResults.map(({ name }) => name));
  const kept = first.testResults.filter(({ name }) => !renewed.has(name));
  await writeFile(file, JSON.stringify({ testResults: [...kept, ...second.testResults] }));
};

/** How many tests the result files of a run count together. */
export const totalOf = async (files: readonly string[]) => {
  const results = await Promise.all(files.map(resultsIn));
  const tests = results.flatMap(({ testResults }) => testResults.flatMap(({ assertionResults }) => assertionResults));
  const count = (isOne: (status: string) => boolean) => tests.filter(({ status }) => isOne(status)).length;
  return {
    passed: count((status) => status === 'passed'),
    failed: count((status) => status === 'failed'),
    skipped: count((status) => status !== 'passed' && status !== 'failed'),
  };
};
