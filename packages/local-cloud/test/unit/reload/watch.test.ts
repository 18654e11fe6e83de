import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually, letPass } from '@app/test-support/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { watchFolders } from '../../../src/cloud/reload/watch.ts';

let root: string;
let elsewhere: string;
let seen: Set<string>;
let said: string[];
let stop: () => void;

const inRoot = (file: string) => join(root, file);
const write = async (file: string, content = String(Math.random())) => writeFile(inRoot(file), content);

/** A change made now is noticed in a bounded time. */
const notices = async (file: string) => {
  seen.clear();
  await write(file);
  return eventually(() => seen.has(inRoot(file)));
};

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'watch-'));
  root = join(folder, 'src');
  elsewhere = join(folder, 'elsewhere');
  await mkdir(inRoot('deep/deeper'), { recursive: true });
  await write('a.ts');
  await write('deep/deeper/b.ts');
  seen = new Set();
  said = [];
  stop = watchFolders([{ folder: root, deep: true, changed: (file) => seen.add(file) }], (line) => said.push(line));
});
afterEach(async () => {
  stop();
  await rm(join(root, '..'), { recursive: true, force: true });
});

describe('a watched folder', () => {
  it('tells of each of 50 changes that come at once', async () => {
    const files = Array.from({ length: 50 }, (_, index) => inRoot(`file-${index}.ts`));

    await Promise.all(files.map((file) => writeFile(file, '')));

    expect(await eventually(() => files.every((file) => seen.has(file)))).toBe(true);
  });

  it.each<[how: string, replace: () => Promise<unknown>]>([
    [
      'renamed away and back',
      async () => {
        await rename(root, elsewhere);
        await rename(elsewhere, root);
      },
    ],
    [
      'renamed away and copied back',
      async () => {
        await rename(root, elsewhere);
        await cp(elsewhere, root, { recursive: true });
      },
    ],
    [
      'renamed away and copied back a good while later',
      async () => {
        await rename(root, elsewhere);
        await eventually(() => said.length > 0);
        await cp(elsewhere, root, { recursive: true });
      },
    ],
    [
      'deleted and made anew',
      async () => {
        await rm(root, { recursive: true });
        await mkdir(inRoot('deep/deeper'), { recursive: true });
      },
    ],
    [
      'replaced by a link',
      async () => {
        await rename(root, elsewhere);
        await symlink(elsewhere, root);
      },
    ],
    [
      'a link that is made to lead elsewhere',
      async () => {
        await rename(root, elsewhere);
        await symlink(elsewhere, root);
        await eventually(() => seen.size > 1);
        await cp(elsewhere, `${elsewhere}-2`, { recursive: true });
        await rm(root);
        await symlink(`${elsewhere}-2`, root);
      },
    ],
    [
      'in part renamed away and back',
      async () => {
        await rename(inRoot('deep'), elsewhere);
        await rename(elsewhere, inRoot('deep'));
      },
    ],
    [
      'in part replaced by a copy',
      async () => {
        await cp(inRoot('deep'), elsewhere, { recursive: true });
        await rm(inRoot('deep'), { recursive: true });
        await rename(elsewhere, inRoot('deep'));
      },
    ],
    [
      'in part exchanged for a file, and back',
      async () => {
        await rm(inRoot('deep'), { recursive: true });
        await write('deep');
        await rm(inRoot('deep'));
        await mkdir(inRoot('deep/deeper'), { recursive: true });
      },
    ],
    ['given a file as an editor saves it', () => write('a.ts~').then(() => rename(inRoot('a.ts~'), inRoot('a.ts')))],
    ['given a link to itself', () => symlink(root, inRoot('deep/self'))],
  ])(
    'is watched on when it is %s',
    async (_, replace) => {
      await replace();

      for (const file of ['a.ts', 'deep/deeper/b.ts', 'a.ts']) expect(await eventually(() => notices(file))).toBe(true);
    },
    30_000,
  );

  it('is watched with folders that are made in it, and what they had before they were watched is told', async () => {
    await mkdir(inRoot('x/y/z'), { recursive: true });
    await write('x/y/z/early.ts');

    expect(await eventually(() => seen.has(inRoot('x/y/z/early.ts')))).toBe(true);
    expect(await notices('x/y/z/late.ts')).toBe(true);
  });

  it('is said to be gone once when it goes, and costs no other its watch', async () => {
    stop();
    await mkdir(elsewhere);
    const changed = (file: string) => seen.add(file);
    const roots = [root, elsewhere].map((folder) => ({ folder, deep: true, changed }));
    stop = watchFolders(roots, (line) => said.push(line));

    await rm(root, { recursive: true });

    expect(await eventually(() => said.length > 0)).toBe(true);
    await writeFile(join(elsewhere, 'c.ts'), '');
    expect(await eventually(() => seen.has(join(elsewhere, 'c.ts')))).toBe(true);
    expect(said).toEqual([`${root} is gone: changes count again when it is back.`]);
  });

  it('tells of no other file when an editor saves one by renaming', async () => {
    await write('deep/deeper/b.ts~');
    await rename(inRoot('deep/deeper/b.ts~'), inRoot('deep/deeper/b.ts'));

    expect(await notices('a.ts')).toBe(true);
    await write('deep/deeper/other.ts');
    seen.clear();
    await rename(inRoot('deep/deeper/other.ts'), inRoot('deep/deeper/another.ts'));
    expect(await eventually(() => seen.has(inRoot('deep/deeper/another.ts')))).toBe(true);
    expect([...seen]).not.toContain(inRoot('deep/deeper/b.ts'));
  });

  it('need not be there at first', async () => {
    stop();
    const later = join(elsewhere, 'later');
    stop = watchFolders([{ folder: later, deep: true, changed: (file) => seen.add(file) }], (line) => said.push(line));
    await mkdir(later, { recursive: true });
    await writeFile(join(later, 'a.ts'), '');

    expect(await eventually(() => seen.has(join(later, 'a.ts')))).toBe(true);
    expect(said).toEqual([]);
  });

  it('tells nothing of folders in it when it is not watched deeply, nor anything once it is stopped', async () => {
    stop();
    stop = watchFolders([{ folder: root, deep: false, changed: (file) => seen.add(file) }], () => {});
    await write('deep/deeper/b.ts');
    expect(await notices('a.ts')).toBe(true);
    expect([...seen]).toEqual([inRoot('a.ts')]);

    stop();
    await write('deep/late.ts');
    await write('late.ts');
    await letPass(700, 'nothing may be noticed');

    expect([...seen]).toEqual([inRoot('a.ts')]);
  });
});

describe('a system without watches', () => {
  /** Another process in a user namespace with limits of its own; undefined where the system has no such namespaces. */
  const inNamespace = async (limit: string, value: number) => {
    const module = new URL('../../../src/cloud/reload/watch.ts', import.meta.url).href;
    const script = `const { watchFolders } = await import('${module}'); const stop = watchFolders([{ folder: process.argv[1], deep: true, changed() {} }], (line) => console.log(line)); setTimeout(() => { stop(); console.log('went on'); }, 700);`;
    const command = `echo ${value} > /proc/sys/user/${limit} && exec "$0" --input-type=module --eval "$1" "$2"`;
    const { NODE_OPTIONS: _ofTests, ...env } = process.env;
    const words = ['-U', '-r', 'sh', '-c', command, process.execPath, script, root];
    const run = promisify(execFile)('unshare', words, { env });
    return run.then(({ stdout }) => stdout.trim().split('\n')).catch(() => undefined);
  };

  it.each([
    ['max_inotify_watches', 2, 'Live reload is off, as the system has no file watches left: sudo sysctl fs.inotify'],
    ['max_inotify_watches', 0, 'Live reload is off, as the system has no file watches left: sudo sysctl fs.inotify'],
    ['max_inotify_instances', 0, 'Live reload is off, as the system has no file descriptors or watchers left: ulimit'],
  ])('costs live reload alone, said once with the cure: %s = %i', async (limit, value, expected) => {
    const lines = await inNamespace(limit, value);

    if (lines === undefined) return console.warn('Left out: this system lets nobody have a user namespace.');
    expect(lines).toEqual([expect.stringContaining(expected), 'went on']);
  });
});
