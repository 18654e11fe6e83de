import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** Where a table's records end, and what may go. */
export interface Limits {
  /** Sequence number up to which every consumer has come, of the shard that the records are in. */
  readonly passed: (shard: string) => number;
  /** Records from before this time go in any case; seconds since 1970. */
  readonly keepSince: number;
}

interface Last {
  readonly number: number;
  readonly shard: string;
}
interface Oldest {
  readonly number: number;
  readonly at: number;
}

const batch = 500; // records, a few milliseconds

const number = 'CAST(sequence_number AS INTEGER)'; // as the engine itself compares them, so that the index serves it too
const index = `CREATE INDEX IF NOT EXISTS local_cloud_stream_records ON _stream_records (table_name, ${number})`;
const lastRecord = `SELECT ${number} AS number, shard_id AS shard FROM _stream_records
  WHERE table_name = ? ORDER BY ${number} DESC LIMIT 1`;
const oldestRecords = `SELECT ${number} AS number, created_at AS at FROM _stream_records
  WHERE table_name = ? ORDER BY ${number} LIMIT ${batch}`;
const removal = `DELETE FROM _stream_records WHERE table_name = ? AND ${number} <= ?`;

/**
 * The stream records in dynoxide's SQLite file, opened while the engine runs. Calls are short, wait for nothing and throw
 * when the engine holds the file (`isBusy`). What is removed becomes durable with the engine's next write, and it does the
 * checkpoints.
 */
export const openRecords = (file: string) => {
  const existing = new URL('?mode=rw', pathToFileURL(file)); // one that is not there is not made
  const database = new DatabaseSync(existing, { timeout: 0 });
  try {
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
    database.exec(index);
    const tables = database.prepare('SELECT table_name AS name FROM _tables WHERE stream_enabled = 1');
    const last = database.prepare(lastRecord);
    const oldest = database.prepare(oldestRecords);
    const remove = database.prepare(removal);
    return {
      tables: () => (tables.all() as unknown as { name: string }[]).map(({ name }) => name),

      /**
       * Removes some of a table's records from the oldest on; whether there may be more. The last one always stays: the
       * engine counts on from there.
       */
      trim: (table: string, { passed, keepSince }: Limits): boolean => {
        const end = last.get(table) as unknown as Last | undefined;
        if (!end) return false;
        const until = passed(end.shard);
        const found = oldest.all(table) as unknown as Oldest[];
        const removable = found.filter((record) => record.number < end.number);
        const upTo = removable.findLast((record) => record.number <= until || record.at < keepSince);
        if (!upTo) return false;
        remove.run(table, upTo.number);
        return upTo.number === found.at(-1)?.number;
      },
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
};

export type Records = ReturnType<typeof openRecords>;

const busy = 5; // SQLITE_BUSY, in the lowest byte of the code

/** Whether the engine was writing: the next time will do. */
export const isBusy = (error: unknown) => {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' && code % 256 === busy;
};
