import { logger } from '@app/observability';
import { collectLogLines, lambdaContext } from '@app/test-support';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { createStreamHandler, type RowChange } from '../../src/index.ts';

type Row = { id: string; count: number };

const record = (number: number, eventName = 'INSERT') => ({
  eventID: `event-${number}`,
  eventName,
  dynamodb: {
    SequenceNumber: String(number),
    ApproximateCreationDateTime: Date.now() / 1000 - 60,
    ...(eventName !== 'REMOVE' && { NewImage: { id: { S: `row-${number}` }, count: { N: String(number) } } }),
    ...(eventName !== 'INSERT' && { OldImage: { id: { S: `row-${number}` }, count: { N: '0' } } }),
  },
});

const deliver = (handle: (change: RowChange<Row>) => Promise<string>, records: object[]) =>
  createStreamHandler<Row>({ worker: 'consume', handle })({ Records: records }, lambdaContext());

let log: ReturnType<typeof collectLogLines>;

beforeEach(() => {
  log = collectLogLines();
  logger.setLogLevel('INFO');
});

afterEach(() => {
  logger.setLogLevel('SILENT');
  log.stop();
});

describe('createStreamHandler', () => {
  it('hands over changes one after another, with their images as plain values', async () => {
    const changes: RowChange<Row>[] = [];
    let running = 0;

    const result = await deliver(
      async (change) => {
        running += 1;
        await Promise.resolve();
        expect(running).toBe(1);
        running -= 1;
        changes.push(change);
        return 'done';
      },
      [record(1), record(2, 'MODIFY'), record(3, 'REMOVE')],
    );

    expect(result).toEqual({ batchItemFailures: [] });
    expect(changes).toEqual([
      { eventName: 'INSERT', eventId: 'event-1', oldImage: undefined, newImage: { id: 'row-1', count: 1 } },
      {
        eventName: 'MODIFY',
        eventId: 'event-2',
        oldImage: { id: 'row-2', count: 0 },
        newImage: { id: 'row-2', count: 2 },
      },
      { eventName: 'REMOVE', eventId: 'event-3', oldImage: { id: 'row-3', count: 0 }, newImage: undefined },
    ]);
  });

  it('reports the first that fails and all behind it, which are not tried: their order holds', async () => {
    const tried: string[] = [];

    const result = await deliver(
      async ({ eventId }) => {
        tried.push(eventId);
        if (eventId === 'event-2') throw new Error('not yet');
        return 'done';
      },
      [record(1), record(2), record(3), record(4)],
    );

    expect(tried).toEqual(['event-1', 'event-2']);
    expect(result.batchItemFailures).toEqual(['2', '3', '4'].map((itemIdentifier) => ({ itemIdentifier })));
  });

  it('does not fail as a whole when every change does, and fails none of the next batch for it', async () => {
    let isWell = false;
    const handler = createStreamHandler<Row>({
      worker: 'consume',
      handle: async () => {
        if (!isWell) throw new Error('not yet');
        return 'done';
      },
    });
    const event = { Records: [record(1)] } as unknown as DynamoDBStreamEvent;

    const first = await handler(event, lambdaContext());
    isWell = true;
    const second = await handler(event, lambdaContext());

    expect(first).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(second).toEqual({ batchItemFailures: [] });
  });

  it('writes one line for each change that it tried: what came of it, or why it failed, and never the row', async () => {
    await deliver(
      async ({ eventId }) => {
        if (eventId === 'event-2') throw new Error('not yet');
        return 'removed';
      },
      [record(1), record(2), record(3)],
    );

    expect(log.lines).toMatchObject([
      {
        level: 'INFO',
        message: 'change',
        worker: 'consume',
        eventId: 'event-1',
        outcome: 'removed',
        durationMs: expect.any(Number),
      },
      { level: 'ERROR', worker: 'consume', eventId: 'event-2', outcome: 'failed', error: { message: 'not yet' } },
    ]);
    expect(Number(log.lines[0]?.['ageMs'])).toBeGreaterThanOrEqual(60_000);
    expect(JSON.stringify(log.lines)).not.toContain('row-1');
  });
});
