import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Invoke } from '../invoke.ts';
import type { Shard, StreamRecord, StreamsApi } from './api.ts';
import { type Checkpoints, openCheckpoints } from './checkpoints.ts';
import { createDelivery } from './deliver.ts';
import { passes } from './filter.ts';
import type { StreamMapping } from './mappings.ts';

interface Means {
  readonly api: StreamsApi;
  readonly invoke: Invoke;
  /** Gets the record of a batch that was given up. */
  readonly onFailure: (record: object) => Promise<void>;
  readonly checkpointFile: string;
  readonly say: (message: string) => void;
}

const period = 200; // milliseconds; Lambda looks four times a second
const pause = 1000;

/** What Lambda sends to a failure destination: where the records were, not what they held. */
const failureRecord = (stream: string, { ShardId }: Shard, records: readonly StreamRecord[], attempts: number) => {
  const times = records.map(({ dynamodb }) =>
    new Date((dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString(),
  );
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: { requestId: randomUUID(), condition: 'RetryAttemptsExhausted', approximateInvokeCount: attempts },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    DDBStreamBatchInfo: {
      shardId: ShardId,
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: times[0],
      approximateArrivalOfLastRecord: times.at(-1),
      batchSize: records.length,
      streamArn: stream,
    },
  };
};

/** Delivers a table's changes to a function until told to stop. Shards go on side by side; a child waits for its parent. */
export const startStreamPoller = (mapping: StreamMapping, means: Means) => {
  const { api, invoke, onFailure, checkpointFile, say } = means;
  const stopped = new AbortController();
  const { signal } = stopped;
  const finished = new Set<string>();
  const started = new Set<string>();

  /** Where a checkpoint's record is no longer kept (a day later), what is kept comes after it. */
  const firstIterator = async (stream: string, { ShardId }: Shard, checkpoints: Checkpoints) => {
    const after = checkpoints.get(ShardId);
    if (after === undefined) return api.iterator(stream, ShardId, mapping.startsAt);
    return api.iterator(stream, ShardId, { after }).catch((error: Error) => {
      if (!error.message.includes('TrimmedDataAccess')) throw error;
      return api.iterator(stream, ShardId, 'start');
    });
  };

  const readOn = async (stream: string, shard: Shard, checkpoints: Checkpoints) => {
    const giveUp = (records: readonly StreamRecord[], attempts: number) =>
      onFailure(failureRecord(stream, shard, records, attempts));
    const deliver = createDelivery({ mapping, invoke, giveUp, signal });
    let next: string | undefined = await firstIterator(stream, shard, checkpoints);
    while (next !== undefined && !signal.aborted) {
      const page = await api.records(next);
      for (let from = 0; from < page.records.length; from += mapping.batchSize) {
        const batch = page.records.slice(from, from + mapping.batchSize);
        await deliver(batch.filter((record) => passes(mapping.filters, record)));
        checkpoints.set(shard.ShardId, batch.at(-1)?.dynamodb.SequenceNumber ?? '');
      }
      next = page.next;
      if (page.records.length === 0) await delay(period, undefined, { signal });
    }
    finished.add(shard.ShardId);
  };

  /** Told of and taken up again from the checkpoint: the engine may only have been slow. */
  const keepReading = async (stream: string, shard: Shard, checkpoints: Checkpoints) => {
    while (!signal.aborted && !finished.has(shard.ShardId)) {
      try {
        await readOn(stream, shard, checkpoints);
      } catch (error) {
        if (signal.aborted) return;
        say(`The stream of ${mapping.table} cannot be read, trying on: ${(error as Error).message}`);
        await delay(pause, undefined, { signal }).catch(() => {});
      }
    }
  };

  const run = async () => {
    const stream = await api.streamOf(mapping.table);
    if (!stream) return say(`${mapping.table} has no stream, which ${mapping.functionName} waits for.`);
    const checkpoints = openCheckpoints(checkpointFile, stream);
    while (!signal.aborted) {
      const shards = await api.shards(stream);
      const isReady = ({ ParentShardId }: Shard) =>
        ParentShardId === undefined ||
        finished.has(ParentShardId) ||
        !shards.some(({ ShardId }) => ShardId === ParentShardId);
      for (const shard of shards.filter((each) => !started.has(each.ShardId) && isReady(each))) {
        started.add(shard.ShardId);
        void keepReading(stream, shard, checkpoints);
      }
      await delay(started.size === 0 ? period : 10 * pause, undefined, { signal });
    }
  };
  run().catch((error: Error) => {
    if (!signal.aborted) say(`The stream of ${mapping.table} cannot be read: ${error.message}`);
  });
  return () => stopped.abort();
};
