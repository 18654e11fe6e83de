import { documentClient } from '@app/dynamodb';
import { logger } from '@app/observability';
import { collectLogLines } from '@app/test-support';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { config } from '../../src/config.ts';
import { notesApi } from '../support/notesApi.ts';

/** What a request consumed, as its line in the log has it. */
const consumedBy = async (request: () => Promise<unknown>) => {
  const log = collectLogLines();
  logger.setLogLevel('INFO');
  await request();
  logger.setLogLevel('SILENT');
  log.stop();
  return log.lines[0]?.consumedCapacity;
};

/** So many notes of the same size, written past the API. */
const fill = async (ownerId: string, count: number) => {
  const rows = Array.from({ length: count }, (_, index) => {
    const createdAt = new Date(1_760_000_000_000 + index * 1000).toISOString();
    return {
      id: crypto.randomUUID(),
      title: 'Milk',
      content: 'x'.repeat(200),
      version: 1,
      createdAt,
      updatedAt: createdAt,
      ownerId,
    };
  });
  const batches = Array.from({ length: Math.ceil(count / 25) }, (_, batch) => rows.slice(batch * 25, batch * 25 + 25));
  await Promise.all(
    batches.map((batch) =>
      documentClient.send(
        new BatchWriteCommand({
          RequestItems: { [config.tableName]: batch.map((Item) => ({ PutRequest: { Item } })) },
        }),
      ),
    ),
  );
};

describe('what a request consumes', () => {
  it('is half a unit to read a note of up to 4 KB: one read, eventually consistent', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote();

    expect(await consumedBy(() => notes.get(id))).toEqual({ read: 0.5, write: 0 });
  });

  it('reads nothing to change or delete a note', async () => {
    const notes = notesApi();
    const { id } = await notes.aNote();

    expect(await consumedBy(() => notes.update(id, { title: 'Bread' }))).toMatchObject({ read: 0 });
    expect(await consumedBy(() => notes.remove(id))).toMatchObject({ read: 0 });
  });

  it('is the same for a page of few notes and a page of many, the first and one in the middle', async () => {
    const [few, many] = [notesApi(), notesApi()];
    await fill(few.subject, 30);
    await fill(many.subject, 1000);
    const { nextCursor } = (await many.list('limit=100')).body as { nextCursor: string };

    const ofFew = await consumedBy(() => few.list());
    const ofMany = await consumedBy(() => many.list());
    const inTheMiddle = await consumedBy(() => many.list(`cursor=${nextCursor}`));

    expect(ofFew).toMatchObject({ read: expect.any(Number), write: 0 });
    expect([ofMany, inTheMiddle]).toEqual([ofFew, ofFew]);
  });

  it('is nothing for a request that is refused', async () => {
    const notes = notesApi();

    expect(await consumedBy(() => notes.create({ title: '' }))).toEqual({ read: 0, write: 0 });
    expect(await consumedBy(() => notes.get('nonsense'))).toEqual({ read: 0, write: 0 });
  });
});
