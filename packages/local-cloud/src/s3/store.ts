import { createHash, randomUUID } from 'node:crypto';
import { constants, createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { copyFile, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { storageFault } from '../data/storageFaults.ts';
import { type ObjectRow, openCatalog } from './catalog.ts';
import type { Creation, ObjectListener } from './types.ts';

type Bytes = Readable | AsyncIterable<Buffer>;

/** Bytes that are stored, and belong to no object yet. */
export interface Stored {
  readonly file: string;
  readonly size: number;
  readonly etag: string;
}
interface NewObject extends Stored {
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly how: Creation;
}
/** Of the object's bytes, both inclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Buckets on disk: a catalog of objects, and a file for the bytes of each. As in S3, an object is there as a whole or not
 * at all, and who reads one while it is written over reads the old one to its end.
 */
export const openStore = (folder: string) => {
  const filesFolder = join(folder, 'files');
  const catalog = openCatalog(join(folder, 'catalog.sqlite'));
  const listeners: ObjectListener[] = [];
  const pathOf = (file: string) => join(filesFolder, file);
  const discard = (file: string) => rm(pathOf(file), { force: true }).catch(() => {}); // the next start removes it

  const removeOrphans = () => {
    mkdirSync(filesFolder, { recursive: true });
    const known = catalog.files();
    for (const file of readdirSync(filesFolder)) if (!known.has(file)) rmSync(pathOf(file), { recursive: true });
  };
  try {
    removeOrphans();
  } catch (error) {
    throw storageFault(error, filesFolder);
  }

  /** Stores bytes, with their MD5 as the entity tag. Nothing is left where they break off. */
  const write = async (bytes: Bytes): Promise<Stored> => {
    const file = randomUUID();
    const hash = createHash('md5');
    let size = 0;
    const measured = async function* () {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    };
    try {
      await pipeline(measured(), createWriteStream(pathOf(file), { flags: 'wx' }));
      return { file, size, etag: hash.digest('hex') };
    } catch (error) {
      await discard(file);
      throw storageFault(error, filesFolder);
    }
  };

  const copy = async (from: string): Promise<string> => {
    const file = randomUUID();
    try {
      await copyFile(pathOf(from), pathOf(file), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      return file;
    } catch (error) {
      await discard(file);
      throw storageFault(error, filesFolder);
    }
  };

  const read = async (file: string, range?: Range): Promise<Readable> => {
    const handle = await open(pathOf(file), constants.O_RDONLY | constants.O_NOFOLLOW);
    return handle.createReadStream(range ?? {});
  };

  /**
   * Makes an object of stored bytes. Listeners keep its event first, in the same turn: whenever the process is killed, an
   * object that is there has its event. The reverse, an event whose object never came, S3's consumers know as one deleted.
   */
  const put = ({ bucket, how, headers, ...object }: NewObject): ObjectRow => {
    const before = catalog.find(bucket, object.key);
    for (const listener of listeners) listener({ ...object, bucket, how });
    const row = { ...object, modified: Date.now(), headers: JSON.stringify(headers) };
    catalog.put(bucket, row);
    if (before) void discard(before.file);
    return row;
  };

  const remove = (bucket: string, key: string) => {
    const before = catalog.find(bucket, key);
    if (!before) return;
    catalog.remove(bucket, key);
    void discard(before.file);
  };

  return {
    folder,
    catalog,
    write,
    copy,
    read,
    put,
    remove,
    discard,
    onObjectCreated: (listener: ObjectListener) => void listeners.push(listener),
    close: catalog.close,
  };
};

export type Store = ReturnType<typeof openStore>;
