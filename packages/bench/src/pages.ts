import { randomUUID } from 'node:crypto';
import { createDocumentClient, createOwnedItems } from '@app/dynamodb';
import { takeCapacity } from '@app/observability';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createMemosTable } from './memos.ts';
import { memosTable } from './memosTable.ts';
import type { Figure } from './report.ts';
import { median } from './statistics.ts';

const TableName = 'bench-memos-pages';
const firstTime = Date.parse('2026-01-01T00:00:00.000Z');
const createdAt = (number: number) => new Date(firstTime + number * 1000).toISOString();

const row = (ownerId: string, number: number) => ({
  id: randomUUID(),
  ownerId,
  title: `Memo ${number}`,
  content: 'x'.repeat(200),
  version: 1,
  createdAt: createdAt(number),
  updatedAt: createdAt(number),
});

const fill = async (client: DynamoDBDocumentClient, ownerId: string, rows: number) => {
  for (let from = 0; from < rows; from += 25) {
    const batch = Array.from({ length: Math.min(25, rows - from) }, (_, index) => row(ownerId, from + index));
    const requests = batch.map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
  }
};

const rounds = 40;

/**
 * What a page of 25 costs in milliseconds and capacity units, at the beginning and in the middle, among few and many
 * rows; the four are asked for in turn.
 */
export const measurePages = async (endpoint: string): Promise<Figure[]> => {
  const client = createDocumentClient({ endpoint });
  await createMemosTable(client, TableName);
  const memos = createOwnedItems({ client, TableName, table: memosTable });
  const pages = [1_000, 100_000].flatMap((rows) => {
    const owner = `bench-${rows}-${randomUUID()}`;
    const page = (name: string, after?: readonly string[]) => ({
      name: `${name} page of ${rows}`,
      owner,
      rows,
      after,
      times: [] as number[],
      capacity: 0,
    });
    return [page('first'), page('middle', [createdAt(rows / 2), randomUUID()])];
  });
  for (const { owner, rows, after } of pages) if (!after) await fill(client, owner, rows);

  for (let round = 0; round <= rounds; round++) {
    for (const page of pages) {
      takeCapacity();
      const startedAt = performance.now();
      const { items } = await memos.list('newest', { ownerId: page.owner }, { page: { limit: 25, after: page.after } });
      if (items.length !== 25) throw new Error(`${page.name} has ${items.length} rows`);
      if (round > 0) page.times.push(performance.now() - startedAt);
      page.capacity = takeCapacity().read;
    }
  }
  client.destroy();
  return pages.flatMap(({ name, times, capacity }) => [
    { name: `${name}: time`, value: median(times), unit: 'ms', digits: 2 },
    { name: `${name}: consumed capacity`, value: capacity, unit: 'RCU' },
  ]);
};
