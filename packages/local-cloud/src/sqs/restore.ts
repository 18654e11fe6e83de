import type { DatabaseSync } from 'node:sqlite';
import { deduplicationMilliseconds } from './journal.ts';
import type { Message, Queue, QueueStore } from './types.ts';

interface QueueRow {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly attributes: string;
  readonly tags: string;
  readonly created: number;
  readonly modified: number;
  readonly sequence: number;
}
interface MessageRow {
  readonly receives: number;
  readonly firstReceive: number | null;
  readonly message: string;
}
interface DeduplicationRow {
  readonly id: string;
  readonly messageId: string;
  readonly sequence: string | null;
}

const messageOf = ({ receives, firstReceive, message }: MessageRow): Message => ({
  ...(JSON.parse(message) as Message),
  approximateReceiveCount: receives,
  ...(firstReceive !== null && { approximateFirstReceiveTimestamp: firstReceive }),
});

const restoreQueue = (store: QueueStore, row: QueueRow): Queue => {
  const { name, url, arn, created, modified, sequence } = row;
  const queue = store.createQueue(name, url, arn, JSON.parse(row.attributes) as object, JSON.parse(row.tags) as object);
  return Object.assign(queue, {
    createdTimestamp: created,
    lastModifiedTimestamp: modified,
    sequenceCounter: sequence,
  });
};

/**
 * Puts back the queues and their messages, in their order: what was under way can be received at once, and has that
 * receive counted; a delay that is not over goes on; what is past its queue's retention period is dropped. To be called
 * before the store writes anything down.
 */
export const restore = (database: DatabaseSync, store: QueueStore) => {
  const expire = database.prepare('DELETE FROM messages WHERE queue = ? AND sent < ?');
  const messages = database.prepare(
    'SELECT receives, firstReceive, message FROM messages WHERE queue = ? ORDER BY position',
  );
  const deduplications = database.prepare(
    'SELECT id, messageId, sequence FROM deduplications WHERE queue = ? AND at > ? ORDER BY at',
  );
  const now = Date.now();
  for (const row of database.prepare('SELECT * FROM queues ORDER BY created, name').all()) {
    const queue = restoreQueue(store, row as unknown as QueueRow);
    const retention = Number(queue.attributes['MessageRetentionPeriod']) * 1000;
    expire.run(queue.name, now - retention);
    for (const message of messages.iterate(queue.name)) queue.enqueue(messageOf(message as unknown as MessageRow));
    for (const recent of deduplications.all(queue.name, now - deduplicationMilliseconds)) {
      const { id, messageId, sequence } = recent as unknown as DeduplicationRow;
      queue.deduplicationCache.set(id, { messageId, sequenceNumber: sequence ?? undefined });
    }
  }
};
