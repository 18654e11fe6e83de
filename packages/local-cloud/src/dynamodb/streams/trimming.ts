import { setTimeout as delay } from 'node:timers/promises';
import { isBusy, openRecords, type Records } from './recordsFile.ts';

/** Who reads a table's stream. */
export interface StreamConsumer {
  readonly table: string;
  /** The sequence number of the last record that it has dealt with, in the shard; undefined while it has none. */
  readonly passed: (shard: string) => string | undefined;
}

export interface TrimmingOptions {
  /** The SQLite file of a dynoxide that runs. */
  readonly file: string;
  /** All consumers there are: a table without any keeps no records. */
  readonly consumers: readonly StreamConsumer[];
  readonly log: (message: string) => void;
  /** Milliseconds between two looks. */
  readonly period?: number;
  /** How long records are kept for those who have not passed them; a day, as on AWS. */
  readonly keepSeconds?: number;
}

const day = 24 * 3600;
const breath = 5; // milliseconds between two batches, in which the engine and this process do other work

/** How far all consumers of a table have come. */
const passedByAll = (consumers: readonly StreamConsumer[], table: string) => (shard: string) =>
  Math.min(
    Number.POSITIVE_INFINITY,
    ...consumers.filter((each) => each.table === table).map(({ passed }) => Number(passed(shard) ?? 0)),
  );

/**
 * Keeps the streams of a running dynoxide short, which never removes a record by itself and gets slower with each: what
 * every consumer has dealt with goes within a second or two, and what is older than a day goes too, as on AWS. Of every
 * table the last record stays, from which the engine counts on, so that sequence numbers never come twice.
 *
 * It works through a second connection to the engine's file, in transactions of at most 500 records, and waits for no
 * lock. What fails is said once, and tried again. Returns what stops it.
 */
export const startTrimming = ({ file, consumers, log, period = 1000, keepSeconds = day }: TrimmingOptions) => {
  const stopped = new AbortController();
  const { signal } = stopped;
  const pause = (milliseconds: number) => delay(milliseconds, undefined, { signal, ref: false });
  let records: Records | undefined;
  let hasSaid = false;

  const trimAll = async () => {
    records ??= openRecords(file);
    for (const table of records.tables()) {
      const passed = passedByAll(consumers, table);
      const keepSince = Math.floor(Date.now() / 1000) - keepSeconds;
      while (records.trim(table, { passed, keepSince })) await pause(breath);
    }
    hasSaid = false;
  };

  const run = async () => {
    while (!signal.aborted) {
      try {
        await trimAll();
        await pause(period);
      } catch (error) {
        if (signal.aborted) break;
        if (!isBusy(error)) {
          if (!hasSaid) log(`Stream records cannot be removed, trying on: ${(error as Error).message}`);
          hasSaid = true;
          records?.close();
          records = undefined; // the file may be another next time
        }
        await pause(isBusy(error) ? breath : period).catch(() => {});
      }
    }
    records?.close();
  };
  void run();
  return () => stopped.abort();
};
