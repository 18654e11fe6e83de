import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Files that git knows, or would: the working tree as it is, without what was built. */
const filesOf = async () => {
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  return stdout.split('\0').filter((file) => file !== '');
};

const workspacesIn = (files: readonly string[]) =>
  files.filter((file) => /^(packages|services)\/[^/]+\/package\.json$/.test(file)).map((file) => dirname(file));

export interface WorkingCopy {
  readonly root: string;
  /** Replaces a text of a file, and returns what puts it back. Throws where the file does not have it. */
  readonly change: (file: string, from: string, to: string) => Promise<() => Promise<void>>;
  readonly remove: () => Promise<void>;
}

/** A copy of this working tree that a check may change; it shares what is installed. */
export const copyWorkingTree = async (): Promise<WorkingCopy> => {
  const copy = await mkdtemp(join(tmpdir(), 'groundwork-copy-'));
  const files = await filesOf();
  for (const file of files) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(join(root, file), join(copy, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error; // deleted, and not yet committed
    });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const folder of workspacesIn(files)) {
    const from = join(root, folder, 'node_modules');
    if (!existsSync(from)) continue; // it depends on nothing
    await cp(from, join(copy, folder, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  }
  return {
    root: copy,
    change: async (file, from, to) => {
      const path = join(copy, file);
      const before = await readFile(path, 'utf8');
      if (!before.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
      await writeFile(path, before.replace(from, to));
      return () => writeFile(path, before);
    },
    remove: () => rm(copy, { recursive: true, force: true, maxRetries: 5 }),
  };
};
