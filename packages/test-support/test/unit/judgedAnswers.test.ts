import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../../../..');
const jestBin = join(root, 'node_modules/jest/bin/jest.js');

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly failureMessages: readonly string[] }[];
  }[];
}

/** Runs the fixture as a unit test, with the one difference that it is looked for where it lies. */
const runForgetfulTests = async (): Promise<Report> => {
  const { default: config } = (await import(join(root, 'jest.config.js'))) as {
    default: { projects: readonly { displayName: string }[] };
  };
  const unit = config.projects.find(({ displayName }) => displayName === 'unit');
  const project = { ...unit, rootDir: root, testMatch: ['**/test/fixtures/answers/*.test.ts'] };
  const args = ['--experimental-vm-modules', jestBin, '--json', '--runInBand', '--config', JSON.stringify(project)];
  const stdout = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (_failed, text) => resolve(text));
  });
  return JSON.parse(stdout) as Report;
};

describe('a test that does not look at what a function answers', () => {
  const messages = new Map<string, string>();

  beforeAll(async () => {
    const { testResults } = await runForgetfulTests();
    for (const { fullName, failureMessages } of testResults.flatMap(({ assertionResults }) => assertionResults))
      messages.set(fullName, failureMessages.join('\n'));
  });

  it('passes when the answer is as the contract has it', () => {
    expect(messages.get('right')).toBe('');
  });

  it.each([
    ['of another type', 'getMemo answered 200: the body/version type {"type":"integer"}'],
    ['of a status that is not documented', 'getMemo answered 409: the status is not documented'],
    ['over HTTP', 'getMemo answered 200: the body additionalProperties {"additionalProperty":"owner"}'],
    ['in a hook before', 'getMemo answered 200: the body required {"missingProperty":"title"}'],
  ])('fails when the answer is %s', (name, message) => {
    expect(messages.get(name)).toContain(message);
  });
});
