import { openDatabase } from '../../data/database.ts';

/** An event that a function has still to deal with. */
export interface Pending {
  readonly id: number;
  readonly event: unknown;
  /** How often it has failed. */
  readonly failures: number;
  /** How often it was begun; more than failures when a process ended in the middle of it. */
  readonly starts: number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS pending (
    id INTEGER PRIMARY KEY AUTOINCREMENT, function TEXT NOT NULL, event TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, starts INTEGER NOT NULL DEFAULT 0) STRICT;`;

/** Events on their way to functions that nobody waits for, kept until they have arrived: also beyond the end of the process. */
export const openJournal = (file: string) => {
  const { all, run, close } = openDatabase(file, schema);
  return {
    add: (functionName: string, event: unknown): Pending => {
      const { lastInsertRowid } = run(
        'INSERT INTO pending (function, event) VALUES (?, ?)',
        functionName,
        JSON.stringify(event),
      );
      return { id: Number(lastInsertRowid), event, failures: 0, starts: 0 };
    },
    /** In the order in which they came. */
    pending: (functionName: string): Pending[] =>
      all('SELECT id, event, failures, starts FROM pending WHERE function = ? ORDER BY id', functionName).map(
        (row) => ({
          id: Number(row['id']),
          event: JSON.parse(String(row['event'])) as unknown,
          failures: Number(row['failures']),
          starts: Number(row['starts']),
        }),
      ),
    update: ({ id, failures, starts }: Omit<Pending, 'event'>) =>
      void run('UPDATE pending SET failures = ?, starts = ? WHERE id = ?', failures, starts, id),
    remove: (id: number) => void run('DELETE FROM pending WHERE id = ?', id),
    close,
  };
};

export type Journal = ReturnType<typeof openJournal>;
