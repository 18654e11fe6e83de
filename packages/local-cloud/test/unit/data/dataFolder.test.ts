import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDataFolder } from '../../../src/data/dataFolder.ts';

const program = join(import.meta.dirname, '../../support/dataFolderOwner.ts');
const options = { fresh: false, port: 3000 };
let folder: string;
let children: ChildProcess[];

const answer = async (child: ChildProcess) => {
  const [said] = (await once(child, 'message', { signal: AbortSignal.timeout(20_000) })) as [string];
  return said;
};

/** Another process that opens the folder when it is told to. */
const startOwner = async () => {
  const { NODE_OPTIONS: _ofTests, ...env } = process.env;
  const child = fork(program, { env, execArgv: [] });
  children.push(child);
  expect(await answer(child)).toBe('ready');
  return child;
};
const startOwners = (count: number) => Promise.all(Array.from({ length: count }, startOwner));

const tell = (child: ChildProcess, order: object | string) => {
  const said = answer(child);
  child.send(order);
  return said;
};
const open = (child: ChildProcess, at = 0) => tell(child, { open: folder, at });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-folder-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('openDataFolder, by several processes at the same moment', () => {
  it.each([2, 3])(
    'lets exactly one of %i have it, 100 times of 100',
    async (count) => {
      const owners = await startOwners(count);

      for (let round = 1; round <= 100; round += 1) {
        const at = Date.now() + 5;
        const said = await Promise.all(owners.map((owner) => open(owner, at)));

        expect(said.filter((each) => each === 'opened')).toHaveLength(1);
        expect(said.filter((each) => each.includes(`already uses the data in ${folder}`))).toHaveLength(count - 1);
        await Promise.all(owners.map((owner) => tell(owner, 'release')));
      }
    },
    120_000,
  );

  it.each<[what: string, leave: (lock: string) => Promise<unknown>]>([
    ['a damaged lock', (lock) => writeFile(lock, 'x'.repeat(5000))],
    ['a folder in the place of the lock', (lock) => mkdir(join(lock, 'deeper'), { recursive: true })],
  ])(
    'lets exactly one of three have it over %s, 25 times of 25',
    async (_, leave) => {
      const owners = await startOwners(3);

      for (let round = 1; round <= 25; round += 1) {
        await rm(join(folder, 'lock.sqlite'), { recursive: true, force: true });
        await leave(join(folder, 'lock.sqlite'));
        const at = Date.now() + 5;
        const said = await Promise.all(owners.map((owner) => open(owner, at)));

        expect(said.filter((each) => each === 'opened')).toHaveLength(1);
        await Promise.all(owners.map((owner) => tell(owner, 'release')));
      }
    },
    120_000,
  );
});

describe('openDataFolder, after an owner that did not give it up', () => {
  it('lets the next have it at once when the owner was killed, awaited by its parent or not', async () => {
    const next = await startOwner();
    const { NODE_OPTIONS: _ofTests, ...env } = process.env;
    // The shell's own child stays a zombie: the program that takes the shell's place never asks for it.
    const script = `"$0" -e 'import("${join(import.meta.dirname, '../../../src/data/dataFolder.ts')}").then((m) => m.openDataFolder(process.argv[1], { fresh: false, port: 1 })).then(() => { console.log(process.pid); setInterval(() => {}, 1000); })' "$1" & exec sleep 60`;
    const parent = spawn('sh', ['-c', script, process.execPath, folder], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(parent);
    const [pid] = (await once(parent.stdout, 'data', { signal: AbortSignal.timeout(20_000) })) as [Buffer];
    expect(await open(next)).toContain(`process ${String(pid).trim()}, http://127.0.0.1:1, since 2`);

    process.kill(Number(pid), 'SIGKILL');
    let said = await open(next);
    for (let tries = 0; said !== 'opened' && tries < 100; tries += 1) said = await open(next); // the kill is on its way

    expect(said).toBe('opened');
    expect(process.kill(Number(pid), 0)).toBe(true); // the zombie is still there
  });

  const living = String(process.ppid);
  it.each<[what: string, name: string, leave: (file: string) => Promise<unknown>]>([
    ['an old lock of process 1', 'lock', (file) => writeFile(file, '1 3000')],
    ['an old lock of a foreign process that lives', 'lock', (file) => writeFile(file, `${living} 3000`)],
    ['an old lock of this process', 'lock', (file) => writeFile(file, `${process.pid} 3000`)],
    ['an old lock with garbage', 'lock', (file) => writeFile(file, '\0\xff{')],
    ['an empty old lock', 'lock', (file) => writeFile(file, '')],
    ['a folder in the place of the old lock', 'lock', (file) => mkdir(join(file, 'deep'), { recursive: true })],
    ['an owner that is process 1', 'owner.json', (file) => writeFile(file, '{"pid":1,"port":3000,"since":"x"}')],
    ['an owner that lives', 'owner.json', (file) => writeFile(file, `{"pid":${living},"port":3000,"since":"x"}`)],
    ['an owner that is garbage', 'owner.json', (file) => writeFile(file, '{"pid":')],
    ['an owner that is null', 'owner.json', (file) => writeFile(file, 'null')],
    ['a folder in the place of the owner', 'owner.json', (file) => mkdir(join(file, 'deep'), { recursive: true })],
    ['an empty lock', 'lock.sqlite', (file) => writeFile(file, '')],
    ['a lock with garbage', 'lock.sqlite', (file) => writeFile(file, 'garbage'.repeat(1000))],
    ['a lock with a few bytes', 'lock.sqlite', (file) => writeFile(file, '1 3000')],
    ['a folder in the place of the lock', 'lock.sqlite', (file) => mkdir(join(file, 'deep'), { recursive: true })],
    ['a lock that is a database', 'lock.sqlite', async (file) => new DatabaseSync(file).exec('CREATE TABLE a (b)')],
    ['a journal beside the lock', 'lock.sqlite-journal', (file) => writeFile(file, 'garbage'.repeat(1000))],
  ])('is not kept from it by %s', async (_, name, leave) => {
    await leave(join(folder, name));

    const { release } = await openDataFolder(folder, options);
    const owner = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as unknown;
    release();

    expect(owner).toMatchObject({ pid: process.pid, port: 3000, since: expect.stringMatching(/^\d{4}-/) });
    expect(existsSync(join(folder, 'owner.json'))).toBe(false);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});

describe('openDataFolder', () => {
  it('refuses a second owner in the same process, and one that comes by a link', async () => {
    const { release } = await openDataFolder(folder, options);
    const link = `${folder}-link`;
    await symlink(folder, link);

    await expect(openDataFolder(folder, options)).rejects.toThrow('already uses the data');
    await expect(openDataFolder(link, options)).rejects.toThrow(`already uses the data in ${link}`);
    await rm(link);
    release();
    release();

    const again = await openDataFolder(folder, options);
    await expect(openDataFolder(folder, options)).rejects.toThrow('already uses the data');
    again.release();
  });

  it('makes the folders above it, and forgets the data when it is to be fresh', async () => {
    const deep = join(folder, 'a/b/c');
    const first = await openDataFolder(deep, options);
    await writeFile(join(first.database, 'kept'), '');
    first.release();

    const second = await openDataFolder(deep, options);
    expect(existsSync(join(second.database, 'kept'))).toBe(true);
    second.release();
    const third = await openDataFolder(deep, { ...options, fresh: true });
    expect(existsSync(join(third.database, 'kept'))).toBe(false);
    third.release();
  });

  it('names a file in the place of the folder, of a folder in it, and of one above it', async () => {
    await writeFile(join(folder, 'file'), '');
    await writeFile(join(folder, 's3'), '');

    await expect(openDataFolder(join(folder, 'file'), options)).rejects.toThrow(`${folder}/file is in the way`);
    await expect(openDataFolder(join(folder, 'file/x'), options)).rejects.toThrow(`${folder}/file/x is in the way`);
    await expect(openDataFolder(folder, options)).rejects.toThrow(`${folder}/s3 is in the way`);
    await rm(join(folder, 's3'));
    const { release } = await openDataFolder(folder, options); // the failure before gave the folder up
    release();
  });
});
