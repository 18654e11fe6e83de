import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { explain } from './explain.ts';
import { makeFolder } from './makeFolder.ts';
import { ownFolder } from './owner.ts';

export interface DataFolder {
  readonly database: string;
  /** Of buckets. */
  readonly objects: string;
  /** Of queues. */
  readonly queues: string;
  /** How far the consumers of tables' streams have got. */
  readonly streams: string;
  /** Events on their way to functions. */
  readonly events: string;
  /** The file of the secrets that were made here. */
  readonly secrets: string;
  readonly build: string;
  readonly release: () => void;
}

const open = async (folder: string, { fresh, port }: { fresh: boolean; port: number }): Promise<DataFolder> => {
  makeFolder(folder);
  const release = await ownFolder(folder, { port });
  const paths = {
    database: join(folder, 'dynamodb'),
    objects: join(folder, 's3'),
    queues: join(folder, 'sqs'),
    streams: join(folder, 'streams'),
    events: join(folder, 'events'),
    secrets: join(folder, 'secrets.json'),
    build: join(folder, 'build'),
  };
  try {
    rmSync(join(folder, 'lock'), { recursive: true, force: true }); // of versions that had a file with a process id
    const { database, objects, queues, streams, events, secrets } = paths;
    for (const kept of fresh ? [database, objects, queues, streams, events, secrets] : [])
      rmSync(kept, { recursive: true, force: true });
    rmSync(paths.build, { recursive: true, force: true });
    for (const needed of [paths.database, paths.objects, paths.streams, paths.events]) makeFolder(needed);
  } catch (error) {
    release();
    throw error;
  }
  return { ...paths, release };
};

/**
 * Opens the folder that data lives in, for the one process that uses it; `fresh` forgets what was there. Throws, with
 * what to do, when another cloud uses it or it cannot be written.
 */
export const openDataFolder = async (
  folder: string,
  options: { fresh: boolean; port: number },
): Promise<DataFolder> => {
  try {
    return await open(resolve(folder), options);
  } catch (error) {
    const explanation = explain(error, { data: resolve(folder) });
    throw explanation === undefined ? error : new Error(explanation, { cause: error });
  }
};
