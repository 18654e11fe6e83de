import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/sqs/database.ts';
import { createJournal } from '../../src/sqs/journal.ts';
import type { Message, Queue, QueueStore } from '../../src/sqs/types.ts';

let folder: string;
let database: DatabaseSync;
let store: QueueStore;
let said: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  database = openDatabase(folder);
  const { SqsStore } = (await import('fauxqs')) as unknown as { SqsStore: new () => QueueStore };
  store = new SqsStore();
  said = [];
  store.persistence = createJournal(database, store, (text) => said.push(text)).persistence;
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

const create = (name: string, attributes = {}) =>
  store.createQueue(name, `http://sqs/0/${name}`, `arn:aws:sqs:eu-west-1:000000000000:${name}`, attributes, {});
const plain = { messageAttributes: {}, body: '' };
const message = (messageId: string, more = {}): Message => ({
  messageId,
  sentTimestamp: Date.now(),
  approximateReceiveCount: 0,
  ...plain,
  ...more,
});
const rows = () => database.prepare('SELECT queue, id, receives FROM messages ORDER BY position').all();
/** From now on the disk is full for messages of more than a few kilobytes. */
const fillDisk = () => database.exec('PRAGMA max_page_count = 1');
const resolver = (arn: string) => [...store.allQueues()].find((queue) => queue.arn === arn);
const receive = (queue: Queue) => queue.dequeue(10, 30, resolver) as readonly { ReceiptHandle: string }[];

describe('on a full disk', () => {
  it('a send fails, is not kept, and is no duplicate when it is tried again', () => {
    const queue = create('q.fifo', { FifoQueue: 'true' });
    const big = message('1', {
      body: 'x'.repeat(100_000),
      messageGroupId: 'a',
      messageDeduplicationId: 'd',
      sequenceNumber: '1',
    });
    queue.deduplicationCache.set('d', { messageId: '1', sequenceNumber: '1' }); // as fauxqs does before
    fillDisk();

    expect(() => queue.enqueue(big)).toThrow(/full/);
    expect(rows()).toEqual([]);
    expect((queue as unknown as { checkDeduplication: (id: string) => object }).checkDeduplication('d')).toEqual({
      isDuplicate: false,
    });
    expect(receive(queue)).toEqual([]);
  });

  it('a receive succeeds, says so once, and loses nothing, not even what is on its way to the dead letters', () => {
    const dead = create('dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = create('q', { RedrivePolicy });
    queue.enqueue(message('doomed', { approximateReceiveCount: 1, body: 'x'.repeat(1000) }));
    queue.enqueue(message('next', { body: 'x' }));
    const before = rows();
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'disk is full'); END`);

    const received = receive(queue);

    expect(received).toEqual([expect.objectContaining({ MessageId: 'next' })]);
    expect(rows()).toEqual(before);
    expect(receive(dead)).toEqual([expect.objectContaining({ MessageId: 'doomed' })]);
    expect(said).toEqual([expect.stringContaining('What is received cannot be written down')]);
  });
});

describe('a message on its way to the dead letters', () => {
  it('is in exactly one of the two queues, with its receives', () => {
    const dead = create('dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = create('q', { RedrivePolicy });
    queue.enqueue(message('doomed', { approximateReceiveCount: 1 }));

    receive(queue);

    expect(rows()).toEqual([{ queue: 'dead', id: 'doomed', receives: 2 }]);
  });
});

describe('a queue', () => {
  it('keeps its messages when it is saved again, as tags are, and takes them along when it is deleted', () => {
    const queue = create('q');
    create('other').enqueue(message('stays'));
    queue.enqueue(message('goes'));

    store.persistence?.insertQueue(queue);
    const saved = rows();
    store.persistence?.deleteQueue('q');

    expect(saved).toHaveLength(2);
    expect(rows()).toEqual([{ queue: 'other', id: 'stays', receives: 0 }]);
  });
});
