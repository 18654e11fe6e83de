import { openDatabase } from '../data/database.ts';

/** An object as it lies in the store. */
export interface ObjectRow {
  readonly key: string;
  /** The name of the file with its bytes: a random one, so that no key ever becomes a path. */
  readonly file: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** The headers that it is answered with, as JSON. */
  readonly headers: string;
}
/** A part of a multipart upload. */
export interface PartRow {
  readonly number: number;
  readonly file: string;
  readonly size: number;
  readonly etag: string;
}

const schema = `
  CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY) STRICT;
  CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT NOT NULL, key TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    modified INTEGER NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS parts (
    upload TEXT NOT NULL, number INTEGER NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
    PRIMARY KEY (upload, number)) STRICT, WITHOUT ROWID;`;

/** Which objects there are, and which file the bytes of each are in. */
export const openCatalog = (file: string) => {
  const { get, all, run, close } = openDatabase(file, schema);
  return {
    hasBucket: (name: string) => get('SELECT 1 FROM buckets WHERE name = ?', name) !== undefined,
    addBucket: (name: string) => void run('INSERT OR IGNORE INTO buckets VALUES (?)', name),

    find: (bucket: string, key: string) =>
      get('SELECT * FROM objects WHERE bucket = ? AND key = ?', bucket, key) as ObjectRow | undefined,
    put: (bucket: string, { key, file: name, size, etag, modified, headers }: ObjectRow) =>
      void run(
        'INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?)',
        bucket,
        key,
        name,
        size,
        etag,
        modified,
        headers,
      ),
    remove: (bucket: string, key: string) => void run('DELETE FROM objects WHERE bucket = ? AND key = ?', bucket, key),
    /** The first object whose key comes after `key`, in the order of UTF-8's bytes; `key` itself too with `orEqual`. */
    next: (bucket: string, key: string, { orEqual }: { orEqual: boolean }) =>
      get(
        `SELECT * FROM objects WHERE bucket = ? AND key ${orEqual ? '>=' : '>'} ? ORDER BY key LIMIT 1`,
        bucket,
        key,
      ) as ObjectRow | undefined,

    beginUpload: (id: string, bucket: string, key: string, headers: string) =>
      void run('INSERT INTO uploads VALUES (?, ?, ?, ?)', id, bucket, key, headers),
    upload: (id: string, bucket: string, key: string) =>
      get('SELECT headers FROM uploads WHERE id = ? AND bucket = ? AND key = ?', id, bucket, key) as
        | { readonly headers: string }
        | undefined,
    parts: (id: string) =>
      all('SELECT number, file, size, etag FROM parts WHERE upload = ? ORDER BY number', id) as unknown as PartRow[],
    putPart: (id: string, { number, file: name, size, etag }: PartRow) =>
      void run('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)', id, number, name, size, etag),
    endUpload: (id: string) => {
      run('DELETE FROM uploads WHERE id = ?', id);
      run('DELETE FROM parts WHERE upload = ?', id);
    },

    /** The files that anything here names; parts of uploads that have ended count no more. */
    files: () => {
      run('DELETE FROM parts WHERE upload NOT IN (SELECT id FROM uploads)');
      return new Set(all('SELECT file FROM objects UNION SELECT file FROM parts').map((row) => String(row['file'])));
    },
    close,
  };
};

export type Catalog = ReturnType<typeof openCatalog>;
