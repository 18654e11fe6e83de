import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@app/test-support/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StreamRecord, StreamsApi } from '../../src/dynamodb/streams/api.ts';
import type { StreamMapping } from '../../src/dynamodb/streams/mappings.ts';
import { type StreamPoller, startStreamPoller } from '../../src/dynamodb/streams/poller.ts';

const numbers = ['1', '2', '3', '4', '5', '6'];
const mapping: StreamMapping = {
  functionName: 'consume',
  table: 'assets',
  startsAt: 'start',
  batchSize: 2,
  retries: 0,
  bisects: false,
  partial: false,
  filters: undefined,
  destinations: undefined,
};
let folder: string;
let poller: StreamPoller | undefined;
let said: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poller-'));
  said = [];
});
afterEach(async () => {
  poller?.stop();
  await rm(folder, { recursive: true });
});

/** A stream of six records, read three at a time, of which the calls that `fails` names fail: by name, or by number. */
const createStream = (fails: (call: string, number: number) => boolean) => {
  let calls = 0;
  const delivered: string[] = [];
  const givenUp: number[] = [];
  const iteratorsFrom: unknown[] = [];
  const step = async (call: string) => {
    calls += 1;
    if (fails(call, calls)) throw new Error(`${call} failed`);
  };
  const record = (SequenceNumber: string): StreamRecord => ({
    eventID: SequenceNumber,
    eventName: 'INSERT',
    dynamodb: { SequenceNumber },
  });
  const api: StreamsApi = {
    streamOf: async () => {
      await step('streamOf');
      return 'stream';
    },
    shards: async () => {
      await step('shards');
      return [{ ShardId: 'shard' }];
    },
    iterator: async (_stream, _shard, position) => {
      await step('iterator');
      iteratorsFrom.push(position);
      return typeof position === 'string' ? '0' : position.after;
    },
    records: async (iterator) => {
      await step('records');
      const page = numbers.slice(Number(iterator), Number(iterator) + 3);
      return { records: page.map(record), next: page.at(-1) ?? iterator };
    },
  };
  const invoke = async (_name: string, event: unknown) => {
    await step('invoke');
    delivered.push(...(event as { Records: StreamRecord[] }).Records.map(({ eventID }) => eventID));
    return undefined;
  };
  const onFailure = async (each: object) => {
    await step('onFailure');
    givenUp.push((each as { DDBStreamBatchInfo: { batchSize: number } }).DDBStreamBatchInfo.batchSize);
  };
  const start = () => {
    const means = { api, invoke, onFailure, checkpointFile: join(folder, 'consume.json') };
    poller = startStreamPoller(mapping, { ...means, log: (message) => void said.push(message), pause: 5 });
    return poller;
  };
  return { start, delivered, givenUp, iteratorsFrom };
};
const inOrder = (delivered: readonly string[]) => [...new Set(delivered)];

describe('the poller of a stream', () => {
  it.each(Array.from({ length: 14 }, (_, index) => index + 1))(
    'delivers every record in order when its call number %i fails',
    async (faulty) => {
      const { start, delivered, givenUp } = createStream((_call, number) => number === faulty);

      const { passed } = start();

      expect(await eventually(() => passed('shard') === '6')).toBe(true);
      const all = givenUp.reduce((sum, batchSize) => sum + batchSize, inOrder(delivered).length);
      expect(all).toBe(6); // a batch whose invocation failed is given up, as the mapping has no retries
      expect(inOrder(delivered)).toEqual(inOrder(delivered).toSorted());
      expect(said.length).toBeLessThanOrEqual(1);
    },
  );

  it.each(['streamOf', 'shards', 'iterator', 'records', 'onFailure'])(
    'goes on when %s has failed five times, and has said so once',
    async (faulty) => {
      let failures = 0;
      const { start, delivered } = createStream((call) => {
        if (faulty === 'onFailure' && call === 'invoke' && failures < 5) return true;
        if (call !== faulty || failures === 5) return false;
        failures += 1;
        return true;
      });

      const { passed } = start();

      expect(await eventually(() => passed('shard') === '6')).toBe(true);
      expect(inOrder(delivered)).toEqual(numbers);
      expect(said).toEqual([
        expect.stringMatching(`^The stream of assets cannot be read, trying on: ${faulty} failed`),
      ]);
    },
  );

  it('goes on from the oldest record when its own was removed', async () => {
    await writeFile(join(folder, 'consume.json'), JSON.stringify({ stream: 'stream', shards: { shard: '0' } }));
    let isFirst = true;
    const { start, iteratorsFrom } = createStream((call) => {
      if (call !== 'iterator' || !isFirst) return false;
      isFirst = false;
      throw new Error('TrimmedDataAccessException');
    });

    const { passed } = start();

    expect(await eventually(() => passed('shard') === '6')).toBe(true);
    expect(iteratorsFrom).toEqual(['start']);
  });

  it.each([
    '',
    'null',
    '{}',
    '[]',
    '{"stream":"stream"',
    '{"stream":"stream","shards":null}',
    '{"stream":"another","shards":{"shard":"4"}}',
  ])('starts anew from a checkpoint that cannot be read: %s', async (content) => {
    await writeFile(join(folder, 'consume.json'), content);
    const { start, delivered } = createStream(() => false);

    const { passed } = start();

    expect(await eventually(() => passed('shard') === '6')).toBe(true);
    expect(delivered).toEqual(numbers);
  });

  it('has passed nothing that it could not note down, and delivers it again', async () => {
    const { start, delivered } = createStream(() => false);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in the way of the folder');
    const { passed } = start();
    expect(await eventually(() => delivered.length > 2)).toBe(true);
    expect(passed('shard')).toBeUndefined();

    await rm(folder);

    expect(await eventually(() => passed('shard') === '6')).toBe(true);
    expect(inOrder(delivered)).toEqual(numbers);
    expect(JSON.parse(await readFile(join(folder, 'consume.json'), 'utf8'))).toMatchObject({ shards: { shard: '6' } });
  });
});
