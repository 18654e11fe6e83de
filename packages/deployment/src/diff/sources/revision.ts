import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure, UsageFailure } from '@app/command-line/failure';

const run = promisify(execFile);

const git = async (root: string, ...args: string[]): Promise<string> =>
  (await run('git', args, { cwd: root })).stdout.trim();

/** The commit that a branch, tag or hash names. Throws a UsageFailure where there is none. */
export const commitOf = async (root: string, revision: string): Promise<string> => {
  try {
    return await git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  } catch (error) {
    throw new UsageFailure(
      `--against: “${revision}” is no branch, tag or commit of this repository. Where CI checks out one commit only, fetch it first.`,
      { cause: error },
    );
  }
};

/** Packages come from pnpm's store where it has them, so that this needs no network after an installation of the same versions. */
const install = async (folder: string) => {
  const { packageManager } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  const args = ['--yes', packageManager, 'install', '--frozen-lockfile', '--prefer-offline', '--prod=false'];
  try {
    await run('npx', args, { cwd: folder, shell: process.platform === 'win32', maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-10).join('\n');
    throw new Failure(`The packages of that revision cannot be installed:\n${said}`, 1, { cause: error });
  }
};

export interface Checkout {
  /** Of the repository. */
  readonly root: string;
  readonly commit: string;
  /** Where to put it. */
  readonly folder: string;
}

/** Does something with a checkout of a commit, with its packages installed; it is removed afterwards. */
export const withCheckout = async <Result>(
  { root, commit, folder }: Checkout,
  use: () => Promise<Result>,
): Promise<Result> => {
  await git(root, 'worktree', 'prune'); // of a command that was interrupted
  await git(root, 'worktree', 'add', '--detach', '--quiet', folder, commit);
  try {
    await install(folder);
    return await use();
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await git(root, 'worktree', 'prune');
  }
};
