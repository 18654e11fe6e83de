import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest } from '../jest.ts';
import { failuresIn, replaceResults } from './jestResults.ts';

/** Where more files fail than that, something is broken. */
const mostFiles = 4;

/** How the line begins that names what failed once. */
export const onceFailed = 'Failed at first, passed by itself';

const resultsTo = (file: string): string[] => ['--json', '--outputFile', file];

/**
 * Runs the integration tests, and the few files that failed once more by themselves: these tests run real engines in real
 * time, and an answer that a busy machine gave too late is no defect (decision 0018). What fails twice has failed, and what
 * failed once is named. Resolves to Jest's exit code.
 */
export const runWithSecondChance = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-results-'));
  const named = args[args.indexOf('--outputFile') + 1];
  const isNamed = args.includes('--outputFile') && named !== undefined;
  const first = isNamed ? named : join(folder, 'first.json');
  const second = join(folder, 'second.json');
  const report = join(folder, 'rights');
  try {
    const code = await runJest('integration', [...args, ...(isNamed ? [] : resultsTo(first))], {
      ...env,
      RIGHTS_REPORT: report,
    });
    const failures = code === 0 ? [] : await failuresIn(first);
    if (failures.length === 0 || failures.length > mostFiles) return code;
    const files = failures.map(({ file }) => file);
    console.log(`\nOnce more, by themselves:\n${files.join('\n')}\n`);
    const codeAgain = await runJest(
      'integration',
      ['--maxWorkers=1', ...resultsTo(second), '--runTestsByPath', ...files],
      env,
    );
    await replaceResults(first, second);
    if (codeAgain === 0)
      for (const { file, tests } of failures) console.log(`${onceFailed}: ${file}: ${tests.join('; ')}`);
    return existsSync(report) ? 1 : codeAgain; // what the whole run has shown of rights stands
  } finally {
    await rm(folder, { recursive: true });
  }
};
