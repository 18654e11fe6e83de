import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isListening } from './portCheck.ts';

export interface DataFolder {
  readonly database: string;
  /** Of buckets. */
  readonly objects: string;
  /** How far the consumers of tables' streams have got. */
  readonly streams: string;
  /** Events on their way to functions. */
  readonly events: string;
  readonly build: string;
  readonly release: () => void;
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The engine takes no lock on its file: two on one folder would destroy it. A process id may have been reused, so its port must answer too. */
const assertNotInUse = async (lock: string, folder: string) => {
  const [pid, port] = readLock(lock);
  if (!pid || !port || pid === process.pid || !isAlive(pid) || !(await isListening(port))) return;
  throw new Error(
    `A local cloud (process ${pid}) already uses the data in ${folder}. Give this one its own: --data <folder>`,
  );
};

const readLock = (lock: string): (number | undefined)[] => {
  try {
    return readFileSync(lock, 'utf8').split(' ').map(Number);
  } catch {
    return [];
  }
};

/** Opens the folder that data lives in, for the one process that uses it; `fresh` forgets what was there. */
export const openDataFolder = async (
  folder: string,
  { fresh, port }: { fresh: boolean; port: number },
): Promise<DataFolder> => {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  await assertNotInUse(lock, folder);
  const paths = {
    database: join(folder, 'dynamodb'),
    objects: join(folder, 's3'),
    streams: join(folder, 'streams'),
    events: join(folder, 'events'),
    build: join(folder, 'build'),
  };
  for (const kept of fresh ? [paths.database, paths.objects, paths.streams, paths.events] : [])
    rmSync(kept, { recursive: true, force: true });
  rmSync(paths.build, { recursive: true, force: true });
  mkdirSync(paths.database, { recursive: true });
  writeFileSync(lock, `${process.pid} ${port}`);
  return { ...paths, release: () => rmSync(lock, { force: true }) };
};
