import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { storageFault } from './storageFaults.ts';

/**
 * A small database of the local cloud itself. What a call has written outlives the process however that ends: it is with
 * the system when the call returns. Faults of the disk are thrown as StorageFault.
 */
export const openDatabase = (file: string, schema: string) => {
  const orFault = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw storageFault(error, file);
    }
  };
  const database = orFault(() => {
    mkdirSync(dirname(file), { recursive: true });
    const opened = new DatabaseSync(file);
    opened.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`);
    return opened;
  });
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    get: (sql: string, ...values: SQLInputValue[]) => orFault(() => prepared(sql).get(...values)),
    all: (sql: string, ...values: SQLInputValue[]) => orFault(() => prepared(sql).all(...values)),
    run: (sql: string, ...values: SQLInputValue[]) => orFault(() => prepared(sql).run(...values)),
    close: () => database.close(),
  };
};
