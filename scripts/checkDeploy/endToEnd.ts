import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest } from '../jest.ts';
import { apisOf, type ServiceReport } from './apis.ts';
import { serveOneOrigin } from './oneOrigin.ts';
import { expectThat } from './steps.ts';

interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Tests that cannot pass on the emulator, with the reason. One that passes has to be taken from here. */
const unlike: Readonly<Record<string, string>> = {
  'assets, over HTTP are seeded, three of them with their files': 'seeds are a laptop’s',
  'tasks, over HTTP are seeded': 'seeds are a laptop’s',
  'users, over HTTP are seeded, and their emails are taken': 'seeds are a laptop’s',
  'notes through the gateway let a page of an origin on the list call them':
    'MiniStack refuses the preflights of HTTP APIs that CloudFormation made',
  'notes through the service alone let a page of an origin on the list call them':
    'MiniStack refuses the preflights of HTTP APIs that CloudFormation made',
  'tasks, over HTTP tell a preflight from an allowed origin what it may do, and another nothing':
    'MiniStack does not carry out the templates of mock integrations',
};

/** Runs the end-to-end tests of every service against a stage's APIs. Throws what failed, or passed though it cannot. */
export const testEndToEnd = async (port: number, reports: readonly ServiceReport[]): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-e2e-'));
  const file = join(folder, 'results.json');
  const origin = await serveOneOrigin(port, apisOf(reports));
  try {
    await runJest(
      'deployed',
      ['--maxWorkers=1', `--reporters=${join(import.meta.dirname, 'noReporter.cjs')}`, '--json', '--outputFile', file],
      {
        GATEWAY_URL: origin.url,
        NOTES_URL: origin.url,
      },
    );
    const { testResults } = JSON.parse(await readFile(file, 'utf8')) as Results;
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = tests.filter(({ status, fullName }) => status === 'failed' && !(fullName in unlike));
    const wrongly = tests.filter(({ status, fullName }) => status === 'passed' && fullName in unlike);
    const passed = tests.filter(({ status }) => status === 'passed').length;
    const problems = [
      ...failed.map(({ fullName, failureMessages }) => `${fullName}:\n${failureMessages.join('\n')}`),
      ...wrongly.map(
        ({ fullName }) => `${fullName}: passes, though it was said to be unlike AWS there (${unlike[fullName]})`,
      ),
    ];
    expectThat(problems.length === 0 && passed > 0, problems.join('\n') || 'No test ran.');
    return passed;
  } finally {
    await origin.stop();
    await rm(folder, { recursive: true });
  }
};
