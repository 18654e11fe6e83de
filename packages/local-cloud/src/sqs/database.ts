import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Rows are in the order in which messages came into their queues. `message` is JSON; what a receive changes has columns of
 * its own. Which messages are under way is not kept: after a start nobody holds any.
 */
const schema = `
CREATE TABLE IF NOT EXISTS queues (
  name TEXT PRIMARY KEY, url TEXT NOT NULL, arn TEXT NOT NULL, attributes TEXT NOT NULL, tags TEXT NOT NULL,
  created INTEGER NOT NULL, modified INTEGER NOT NULL, sequence INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS messages (
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, queue TEXT NOT NULL, sent INTEGER NOT NULL,
  receives INTEGER NOT NULL, firstReceive INTEGER, message TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS deduplications (
  queue TEXT NOT NULL, id TEXT NOT NULL, messageId TEXT NOT NULL, sequence TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (queue, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deduplicationsByTime ON deduplications (at);
`;

const explain = (file: string, error: Error): Error => {
  const why = error.message.includes('locked')
    ? 'another process uses it: end that, or give this one a folder of its own with --data <folder>'
    : `${error.message}. npm start -- --fresh forgets all data and starts anew`;
  return new Error(`The queues in ${file} cannot be opened: ${why}`, { cause: error });
};

/** Does something with the file, and names it in what is thrown. */
export const naming = <T>(file: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw explain(file, error as Error);
  }
};

export const fileIn = (folder: string) => join(folder, 'queues.sqlite');

/**
 * Opens the file for this process alone. What was committed outlasts the process however it ends; that not every commit
 * waits for the disk costs, at worst, the last ones before a power cut.
 */
export const openDatabase = (folder: string): DatabaseSync =>
  naming(fileIn(folder), () => {
    mkdirSync(folder, { recursive: true });
    const database = new DatabaseSync(fileIn(folder), { timeout: 1000 });
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });

export const transaction = (database: DatabaseSync, work: () => void) => {
  database.exec('BEGIN');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};
