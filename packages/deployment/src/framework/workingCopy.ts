import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '@app/command-line/failure';

const usual = join(import.meta.dirname, '../../../../node_modules/.deploying.sqlite');
const busy = 5; // https://sqlite.org/rescode.html

/**
 * Keeps a working copy to one command at a time. The framework packages every stage in the same folders of a service:
 * of two at once, one would deploy the other's template. The lock is SQLite's, which ends with the process however that
 * ends (decision 0035). Returns what gives the copy free again. Throws a Failure when it is taken.
 */
export const claimWorkingCopy = (file = usual): (() => void) => {
  const lock = new DatabaseSync(file);
  try {
    lock.exec('BEGIN IMMEDIATE');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    const message = 'Another command deploys from this working copy: wait for its end, or use another copy.';
    throw new Failure(message, 1, { cause: error });
  }
  return () => lock.close();
};
