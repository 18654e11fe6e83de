import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './database.ts';
import type { Persistence, Queue, QueueStore } from './types.ts';

/** For so long a FIFO queue takes a second message of one deduplication id for the first. */
export const deduplicationMilliseconds = 5 * 60_000;
const tidyEvery = 60_000;

const prepare = (database: DatabaseSync) => ({
  saveQueue: database.prepare(
    `INSERT INTO queues (name, url, arn, attributes, tags, created, modified, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET attributes = excluded.attributes, tags = excluded.tags, modified = excluded.modified`,
  ),
  deleteQueue: database.prepare('DELETE FROM queues WHERE name = ?'),
  changeQueue: database.prepare('UPDATE queues SET attributes = ?, modified = ? WHERE name = ?'),
  countSequence: database.prepare('UPDATE queues SET sequence = ? WHERE name = ?'),
  addMessage: database.prepare(
    'INSERT INTO messages (id, queue, sent, receives, firstReceive, message) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  deleteMessage: database.prepare('DELETE FROM messages WHERE id = ?'),
  received: database.prepare('UPDATE messages SET receives = ?, firstReceive = ? WHERE id = ?'),
  empty: database.prepare('DELETE FROM messages WHERE queue = ?'),
  addDeduplication: database.prepare(
    'INSERT OR REPLACE INTO deduplications (queue, id, messageId, sequence, at) VALUES (?, ?, ?, ?, ?)',
  ),
  forget: database.prepare('DELETE FROM deduplications WHERE queue = ?'),
  tidy: database.prepare('DELETE FROM deduplications WHERE at < ?'),
});

/**
 * Writes down what happens to queues and messages, in time for the answer: a message whose sending was answered is in the
 * file. A receive is written as a whole, so that a message on its way to the dead letters is never in neither queue; it
 * does not fail when it cannot be written, as then its messages only come again.
 */
export const createJournal = (database: DatabaseSync, store: QueueStore, log: (message: string) => void) => {
  const statements = prepare(database);
  const kept = new WeakSet<Queue>();
  let tidied = 0;
  let receiving: (() => void)[] | undefined;
  let isWell = true;

  const write = (work: () => void) => {
    if (receiving) receiving.push(work);
    else work();
  };
  const asReceive = <T>(receive: () => T): T => {
    const writes: (() => void)[] = (receiving = []);
    try {
      return receive();
    } finally {
      receiving = undefined;
      writeTogether(writes);
    }
  };
  const writeTogether = (writes: readonly (() => void)[]) => {
    if (writes.length === 0 || !database.isOpen) return;
    try {
      transaction(database, () => writes.forEach((each) => each()));
      isWell = true;
    } catch (error) {
      if (isWell) log(`What is received cannot be written down, and would come again: ${(error as Error).message}`);
      isWell = false;
    }
  };

  const addMessage: Persistence['insertMessage'] = (queue, message) => {
    const { messageId, sentTimestamp, approximateReceiveCount, approximateFirstReceiveTimestamp } = message;
    const first = approximateFirstReceiveTimestamp ?? null;
    const text = JSON.stringify(message);
    statements.addMessage.run(messageId, queue, sentTimestamp, approximateReceiveCount, first, text);
  };
  /** What goes with a message that was sent: its number, and the id that a second one would be known by. */
  const send: Persistence['insertMessage'] = (queue, message) => {
    const { messageId, messageDeduplicationId: id, sequenceNumber } = message;
    addMessage(queue, message);
    if (id === undefined || sequenceNumber === undefined) return;
    const now = Date.now();
    statements.countSequence.run(Number(sequenceNumber), queue);
    statements.addDeduplication.run(queue, id, messageId, sequenceNumber, now);
    if (now - tidied < tidyEvery) return;
    statements.tidy.run(now - deduplicationMilliseconds);
    tidied = now;
  };

  /** The sender of one that fails will try again, and must not be told that it is there already. */
  const sendOrForget: Persistence['insertMessage'] = (queue, message) => {
    try {
      transaction(database, () => send(queue, message));
    } catch (error) {
      const { messageDeduplicationId: id } = message;
      if (id !== undefined) store.getQueueByName(queue)?.deduplicationCache.delete(id);
      throw error;
    }
  };

  const keep = (queue: Queue) => {
    if (kept.has(queue)) return;
    kept.add(queue);
    const dequeue = queue.dequeue.bind(queue);
    queue.dequeue = (...criteria) => asReceive(() => dequeue(...criteria));
    queue.persistence = persistence;
  };

  const persistence: Persistence = {
    insertQueue: (queue) => {
      const { name, url, arn, attributes, tags, createdTimestamp, lastModifiedTimestamp, sequenceCounter } = queue;
      const texts = [JSON.stringify(attributes), JSON.stringify(Object.fromEntries(tags))] as const;
      statements.saveQueue.run(name, url, arn, ...texts, createdTimestamp, lastModifiedTimestamp, sequenceCounter);
      keep(queue);
    },
    deleteQueue: (name) =>
      transaction(database, () => {
        for (const statement of [statements.empty, statements.forget, statements.deleteQueue]) statement.run(name);
      }),
    updateQueueAttributes: (name, attributes, lastModified) =>
      void statements.changeQueue.run(JSON.stringify(attributes), lastModified, name),
    updateQueueSequenceCounter: () => {}, // written with the message
    insertMessage: (name, message) => {
      if (receiving) receiving.push(() => addMessage(name, message));
      else sendOrForget(name, message);
    },
    deleteMessage: (id) => write(() => statements.deleteMessage.run(id)),
    updateMessageInflight: (id, ...[, , receives, firstReceive]) => {
      if (receiving) write(() => statements.received.run(receives, firstReceive ?? null, id)); // else only its time is changed
    },
    updateMessageReady: () => {},
    deleteQueueMessages: (name) => void statements.empty.run(name),
  };
  return { persistence, keep };
};
