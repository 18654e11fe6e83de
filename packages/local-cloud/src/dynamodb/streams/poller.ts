import { setTimeout as delay } from 'node:timers/promises';
import type { Invoke } from '../../lambda/invoke.ts';
import type { Shard, StreamRecord, StreamsApi } from './api.ts';
import { type Checkpoints, openCheckpoints } from './checkpoints.ts';
import { createDelivery } from './deliver.ts';
import { failureRecord } from './failureRecord.ts';
import { passes } from './filter.ts';
import { createKeepTrying } from './keepTrying.ts';
import type { StreamMapping } from './mappings.ts';
import type { StreamConsumer } from './trimming.ts';
import type { Writers } from './writers.ts';

interface Deps {
  readonly api: StreamsApi;
  readonly invoke: Invoke;
  /** Gets the record of a batch that was given up. */
  readonly onFailure: (record: object) => Promise<void>;
  readonly checkpointFile: string;
  readonly writerOf?: Writers['writerOf'];
  readonly log: (message: string) => void;
  /** Milliseconds between a failure and the next try. */
  readonly pause?: number;
}

export interface StreamPoller extends StreamConsumer {
  readonly stop: () => void;
}

const period = 200; // milliseconds; Lambda looks four times a second
const shardsPeriod = 10_000;

/**
 * Delivers a table's changes to a function until told to stop. Shards go on side by side; a child waits for its parent.
 * No call that fails, of the engine, the function or the file system, ends it: it goes on from its checkpoint.
 */
export const startStreamPoller = (mapping: StreamMapping, means: Deps): StreamPoller => {
  const { api, invoke, onFailure, checkpointFile, writerOf = () => undefined, log, pause = 1000 } = means;
  const stopped = new AbortController();
  const { signal } = stopped;
  const finished = new Set<string>();
  const started = new Set<string>();
  let checkpoints: Checkpoints | undefined;

  const sayUnreadable = (reason: string) => log(`The stream of ${mapping.table} cannot be read, trying on: ${reason}`);
  const keepTrying = () => createKeepTrying({ signal, log: sayUnreadable, pause });

  /** Where a checkpoint's record is no longer kept (a day later), what is kept comes after it. */
  const firstIterator = async (stream: string, { ShardId }: Shard, after: string | undefined) => {
    if (after === undefined) return api.iterator(stream, ShardId, mapping.startsAt);
    return api.iterator(stream, ShardId, { after }).catch((error: Error) => {
      if (!error.message.includes('TrimmedDataAccess')) throw error;
      return api.iterator(stream, ShardId, 'start');
    });
  };

  const readOn = async (stream: string, shard: Shard, kept: Checkpoints, isWell: () => void) => {
    const giveUp = (records: readonly StreamRecord[], attempts: number) =>
      onFailure(failureRecord(stream, shard, records, attempts));
    const deliver = createDelivery({
      mapping,
      invoke,
      giveUp,
      writerOf: (record) => writerOf(mapping.table, record),
      signal,
    });
    let next: string | undefined = await firstIterator(stream, shard, kept.get(shard.ShardId));
    while (next !== undefined && !signal.aborted) {
      const page = await api.records(next);
      for (let from = 0; from < page.records.length; from += mapping.batchSize) {
        const batch = page.records.slice(from, from + mapping.batchSize);
        await deliver(batch.filter((record) => passes(mapping.filters, record)));
        kept.set(shard.ShardId, batch.at(-1)?.dynamodb.SequenceNumber ?? '');
      }
      isWell();
      next = page.next;
      if (page.records.length === 0) await delay(period, undefined, { signal });
    }
    finished.add(shard.ShardId);
  };

  const startReady = (stream: string, shards: readonly Shard[], kept: Checkpoints) => {
    const isReady = ({ ParentShardId }: Shard) =>
      ParentShardId === undefined ||
      finished.has(ParentShardId) ||
      !shards.some(({ ShardId }) => ShardId === ParentShardId);
    for (const shard of shards.filter((each) => !started.has(each.ShardId) && isReady(each))) {
      started.add(shard.ShardId);
      void keepTrying()((isWell) => readOn(stream, shard, kept, isWell));
    }
  };

  const run = async () => {
    const listing = keepTrying();
    const found = await listing(async () => ({ stream: await api.streamOf(mapping.table) }));
    if (!found) return;
    const { stream } = found;
    if (!stream) return log(`${mapping.table} has no stream, which ${mapping.functionName} waits for.`);
    const kept = openCheckpoints(checkpointFile, stream);
    checkpoints = kept;
    while (!signal.aborted) {
      const shards = await listing(() => api.shards(stream));
      if (shards) startReady(stream, shards, kept);
      await delay(started.size === 0 ? period : shardsPeriod, undefined, { signal }).catch(() => {});
    }
  };
  void run();
  return { table: mapping.table, passed: (shard) => checkpoints?.get(shard), stop: () => stopped.abort() };
};
