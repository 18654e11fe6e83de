import { mkdir, mkdtemp, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventually, letPass } from '@app/test-support/time';
import { BatchWriteItemCommand, CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Dynamodb, startDynamodb } from '../../src/dynamodb/engine/engine.ts';
import { thisMachine } from '../../src/dynamodb/engine/machine.ts';
import { createStreamsApi } from '../../src/dynamodb/streams/api.ts';
import { startTrimming, type TrimmingOptions } from '../../src/dynamodb/streams/trimming.ts';

const TableName = 'changing';
let data: string;
let engine: Dynamodb;
let client: DynamoDBClient;
let said: string[];
let stopTrimming: () => void;

const start = async () => {
  engine = await startDynamodb(thisMachine({}), { port: 0, folder: data });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
};
const trim = (options: Partial<TrimmingOptions> = {}) => {
  const log = (message: string) => void said.push(message);
  stopTrimming = startTrimming({ file: engine.file ?? '', consumers: [], log, period: 20, ...options });
};
const createTable = (name: string) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
const change = async (count: number, table = TableName) => {
  for (let done = 0; done < count; done += 25) {
    const puts = Array.from({ length: Math.min(25, count - done) }, (_, index) => ({
      PutRequest: { Item: { id: { S: String(index) }, at: { N: String(done) }, text: { S: 'x'.repeat(200) } } },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
  }
};
/** The sequence numbers that are kept. */
const kept = (table = TableName): number[] => {
  const database = new DatabaseSync(engine.file ?? '', { readOnly: true, timeout: 1000 });
  const query =
    'SELECT CAST(sequence_number AS INTEGER) AS number FROM _stream_records WHERE table_name = ? ORDER BY 1';
  const rows = database.prepare(query).all(table) as unknown as { number: number }[];
  database.close();
  return rows.map(({ number }) => number);
};
const fromTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const isKept = (expected: readonly number[]) => eventually(() => kept().join() === expected.join());

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'trimming-'));
  said = [];
  stopTrimming = () => {};
  await start();
  await createTable(TableName);
});

afterEach(async () => {
  stopTrimming();
  await engine.stop();
  await rm(data, { recursive: true, force: true });
});

describe('stream records', () => {
  it('of a table without consumers go, but for the last', async () => {
    await change(600); // more than go at once

    trim();

    expect(await isKept([600])).toBe(true);
  });

  it.each([
    [[], [100]],
    [['100'], [100]],
    [['40'], fromTo(41, 100)],
    [['40', '70'], fromTo(41, 100)],
    [['70', '40', '99'], fromTo(41, 100)],
    [[undefined], fromTo(1, 100)],
    [['100', undefined], fromTo(1, 100)],
    [['0'], fromTo(1, 100)],
    [['1000'], [100]],
    [['99'], [100]],
  ])('go when all consumers have passed them: %j', async (positions, expected) => {
    await change(100);
    await createTable('another');

    const consumers = positions.map((position) => ({ table: TableName, passed: () => position }));
    trim({ consumers: [...consumers, { table: 'another', passed: () => undefined }] });

    expect(await isKept(expected)).toBe(true);
  });

  it('that are older than a day go, though a consumer waits for them', async () => {
    await change(50);
    const database = new DatabaseSync(engine.file ?? '', { timeout: 1000 });
    database.exec('UPDATE _stream_records SET created_at = created_at - 86401 WHERE id <= 30');
    database.close();

    trim({ consumers: [{ table: TableName, passed: () => undefined }] });

    expect(await isKept(fromTo(31, 50))).toBe(true);
  });

  it('count on after all but the last went, over a restart too', async () => {
    await change(30);
    trim();
    await isKept([30]);
    stopTrimming();
    await engine.stop();
    await start();

    await change(2);

    expect(kept()).toEqual([30, 31, 32]);
  });

  it('that are new are read by a consumer whose own position was removed', async () => {
    await change(30);
    trim();
    await isKept([30]);
    stopTrimming();
    await change(3);

    const api = createStreamsApi(engine.endpoint);
    const stream = (await api.streamOf(TableName)) ?? '';
    const [shard] = await api.shards(stream);
    const iterator = await api.iterator(stream, shard?.ShardId ?? '', { after: '10' });
    const numbers = (await api.records(iterator)).records.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));

    expect(numbers.slice(-3)).toEqual([31, 32, 33]);
  });

  it('go under load, of which no call fails, and the file does not grow', async () => {
    await createTable('another');
    trim();
    await Promise.all([change(600), change(600, 'another'), change(200)]);
    const sizeOf = async () => (await stat(engine.file ?? '')).size;
    const size = await sizeOf();

    await Promise.all([change(600), change(600, 'another'), change(200)]);

    expect(await eventually(() => kept().length + kept('another').length === 2)).toBe(true);
    expect(await sizeOf()).toBeLessThan(size * 1.5 + 1_000_000);
    expect(said).toEqual([]);
  });
});

describe('trimming', () => {
  it('waits for whoever holds the file, in silence', async () => {
    await change(100);
    const other = new DatabaseSync(engine.file ?? '', { timeout: 1000 });
    other.exec('BEGIN IMMEDIATE');

    trim();
    await letPass(200, 'nothing may be trimmed');
    expect(kept()).toHaveLength(100);
    other.exec('COMMIT');
    other.close();

    expect(await isKept([100])).toBe(true);
    expect(said).toEqual([]);
  });

  it('says once that it cannot, and goes on', async () => {
    const file = join(data, 'later', 'dynamodb.sqlite');
    trim({ file });
    expect(await eventually(() => said.length > 0)).toBe(true);
    await letPass(100, 'it may not say it again');

    expect(said).toEqual([expect.stringContaining('Stream records cannot be removed, trying on: ')]);
    await change(40);
    await mkdir(join(data, 'soon'));
    await symlink(engine.file ?? '', join(data, 'soon', 'dynamodb.sqlite'));
    await rename(join(data, 'soon'), join(data, 'later'));
    expect(await isKept([40])).toBe(true);
  });

  it('keeps a put from failing at any time', async () => {
    trim({ period: 1 });

    for (let index = 0; index < 100; index += 1)
      await client.send(new PutItemCommand({ TableName, Item: { id: { S: String(index % 7) } } }));

    expect(await isKept([100])).toBe(true);
  });
});
