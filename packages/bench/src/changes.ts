import { randomUUID } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startDynamodb } from '@app/local-cloud/src/dynamodb/engine/engine.ts';
import { thisMachine } from '@app/local-cloud/src/dynamodb/engine/machine.ts';
import { createStreamsApi } from '@app/local-cloud/src/dynamodb/streams/api.ts';
import type { StreamMapping } from '@app/local-cloud/src/dynamodb/streams/mappings.ts';
import { startStreamPoller } from '@app/local-cloud/src/dynamodb/streams/poller.ts';
import { startTrimming } from '@app/local-cloud/src/dynamodb/streams/trimming.ts';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Figure } from './report.ts';
import { median } from './statistics.ts';

const TableName = 'bench-changes';
const batch = 25; // the most that BatchWriteItem takes
const writers = 8;
const log = (message: string) => console.error(message);

const table: CreateTableCommandInput = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};
const row = (id: string) => ({ id: { S: id }, title: { S: 'Milk' }, content: { S: 'x'.repeat(200) } });

const mapping: StreamMapping = {
  functionName: 'bench',
  table: TableName,
  startsAt: 'start',
  batchSize: 1000,
  retries: 0,
  bisects: false,
  partial: false,
  filters: undefined,
  destinations: undefined,
};

/** An engine with one table, a consumer of its stream, and trimming, as `npm start` has them. */
const startEngine = async (folder: string) => {
  await mkdir(join(folder, 'dynamodb'), { recursive: true });
  const engine = await startDynamodb(thisMachine({}), { port: 0, folder: join(folder, 'dynamodb') });
  const file = engine.file ?? '';
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'eu-west-1', credentials });
  await client.send(new CreateTableCommand(table));
  let consumed = 0;
  const poller = startStreamPoller(mapping, {
    api: createStreamsApi(engine.endpoint),
    invoke: async (_name, event) => {
      consumed += (event as { Records: object[] }).Records.length;
    },
    onFailure: async () => {},
    checkpointFile: join(folder, 'checkpoint.json'),
    log,
  });
  const stopTrimming = startTrimming({ file, consumers: [poller], log });
  return {
    consumed: () => consumed,
    size: async () => (await stat(file)).size,
    create: async () => {
      const startedAt = performance.now();
      await client.send(new PutItemCommand({ TableName, Item: row(randomUUID()) }));
      return performance.now() - startedAt;
    },
    change: async (ids: readonly string[]) => {
      const puts = ids.map((id) => ({ PutRequest: { Item: row(id) } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
    },
    stop: async () => {
      poller.stop();
      stopTrimming();
      await engine.stop();
    },
  };
};
type Engine = Awaited<ReturnType<typeof startEngine>>;

/** Writes a few rows again and again, and waits until the consumer has caught up and what it passed is removed. */
const changeOften = async ({ change, consumed }: Engine, count: number) => {
  const ids = Array.from({ length: batch }, (_, index) => String(index));
  const write = async () => {
    for (let done = 0; done < count / writers; done += batch) await change(ids);
  };
  await Promise.all(Array.from({ length: writers }, write));
  for (let waits = 0; waits < 600 && consumed() < count; waits += 1) await delay(100);
  await delay(3000);
};

/** What a create costs after so many changes beside one in a fresh folder, in turn; and how large the file has become. */
export const measureChanges = async (folder: string, changes: number): Promise<Figure[]> => {
  const [fresh, used] = [await startEngine(join(folder, 'fresh')), await startEngine(join(folder, 'used'))];
  await changeOften(used, changes);
  const times: { fresh: number[]; used: number[] } = { fresh: [], used: [] };
  for (let round = 0; round < 300; round += 1) {
    times.fresh.push(await fresh.create());
    times.used.push(await used.create());
  }
  const size = await used.size();
  await Promise.all([fresh.stop(), used.stop()]);
  const [before, after] = [median(times.fresh), median(times.used)];
  return [
    { name: 'a create in a fresh folder, p50', value: before, unit: 'ms', digits: 2 },
    { name: `the same after ${changes} changes`, value: after, unit: 'ms', digits: 2 },
    { name: 'ratio', value: after / before, unit: '', atMost: 1.2, digits: 2 },
    { name: 'the file of the engine', value: size / 1024 ** 2, unit: 'MB', atMost: 20 },
  ];
};
