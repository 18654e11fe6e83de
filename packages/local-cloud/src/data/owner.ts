import { readdirSync, readFileSync, rmdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

/** Who uses a data folder; only for people and for the message that a second cloud gives. */
interface Owner {
  readonly pid: number;
  readonly port: number;
  readonly since: string;
}

const busy = 5; // https://sqlite.org/rescode.html
const notADatabase = 26;
const attempts = 10;

/** A lock ends when its database is closed, which a collection of garbage would do. */
const held = new Set<DatabaseSync>();

const resultCode = (error: unknown) => (error as { errcode?: number }).errcode;

/** The lock, or undefined when another holds it. The kernel frees it when this process ends, however that ends. */
const tryLock = (file: string): DatabaseSync | undefined => {
  const database = new DatabaseSync(file);
  try {
    database.exec('BEGIN IMMEDIATE'); // EXCLUSIVE takes several locks: two at once may both fail
    return database;
  } catch (error) {
    database.close();
    if (resultCode(error) === busy) return undefined;
    throw error;
  }
};

const kindOf = (file: string) => statSync(file, { throwIfNoEntry: false });

/**
 * Makes room for a lock where there is something else. A file that another start has just made and locked stays that
 * file: it is emptied, which it is anyway, and only a folder is removed.
 */
const clear = (file: string) => {
  const what = kindOf(file);
  if (what?.isFile()) return truncateSync(file);
  if (!what?.isDirectory()) return;
  for (const name of readdirSync(file)) rmSync(join(file, name), { recursive: true, force: true });
  rmdirSync(file);
};

const lock = (file: string): DatabaseSync | undefined => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return tryLock(file);
    } catch (error) {
      const isForeign = resultCode(error) === notADatabase || kindOf(file)?.isDirectory() === true;
      if (attempt === attempts || !isForeign) throw error;
      tolerating(['ENOENT', 'ENOTDIR'], () => clear(file)); // another start was quicker
    }
  }
};

const tolerating = (codes: readonly string[], work: () => void) => {
  try {
    work();
  } catch (error) {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
};

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const readOwner = (file: string) => {
  try {
    const { pid, port, since } = JSON.parse(readFileSync(file, 'utf8')) as Owner;
    return isAlive(pid) ? ` (process ${pid}, http://127.0.0.1:${port}, since ${since})` : undefined;
  } catch {
    return undefined; // not written yet, or not by us
  }
};

/** An owner of this very moment is about to write who it is. */
const describeOwner = async (file: string) => {
  for (let tries = 0; tries < 10; tries += 1) {
    const described = readOwner(file);
    if (described) return described;
    await delay(10);
  }
  return '';
};

/**
 * Makes this process the one owner of a data folder; resolves to how to give it up. Throws, naming who owns it, when
 * another process does. Decision 0035.
 */
export const ownFolder = async (folder: string, { port }: { port: number }): Promise<() => void> => {
  const ownerFile = join(folder, 'owner.json');
  const database = lock(join(folder, 'lock.sqlite'));
  if (!database) {
    throw new Error(
      `A local cloud${await describeOwner(ownerFile)} already uses the data in ${folder}. Give this one its own: npm start -- --data <folder>`,
    );
  }
  held.add(database);
  const owner: Owner = { pid: process.pid, port, since: new Date().toISOString() };
  rmSync(ownerFile, { recursive: true, force: true });
  writeFileSync(ownerFile, `${JSON.stringify(owner)}\n`);
  return () => {
    if (!held.delete(database)) return;
    rmSync(ownerFile, { force: true });
    database.close();
  };
};
