import { describe, expect, it } from '@jest/globals';
import type { StreamRecord } from '../../src/dynamodb/streams/api.ts';
import { createDelivery } from '../../src/dynamodb/streams/deliver.ts';

const records = (...numbers: string[]) =>
  numbers.map(
    (SequenceNumber): StreamRecord => ({ eventID: SequenceNumber, eventName: 'INSERT', dynamodb: { SequenceNumber } }),
  );
const numbersOf = (batch: readonly StreamRecord[]) => batch.map(({ dynamodb }) => dynamodb.SequenceNumber).join('');

interface Setting {
  readonly retries?: number;
  readonly bisects?: boolean;
  readonly partial?: boolean;
  /** What the function returns, or throws, by batch and attempt. */
  readonly answer: (batch: string, attempt: number) => unknown;
}

const deliver = async (numbers: string, { retries = 2, bisects = true, partial = true, answer }: Setting) => {
  const calls: string[] = [];
  const givenUp: [string, number][] = [];
  const delivery = createDelivery({
    mapping: { functionName: 'f', table: 't', retries, bisects, partial },
    invoke: async (_name, event) => {
      const batch = numbersOf((event as { Records: StreamRecord[] }).Records);
      calls.push(batch);
      const result = answer(batch, calls.filter((call) => call === batch).length);
      if (result instanceof Error) throw result;
      return result;
    },
    giveUp: async (batch, attempts) => void givenUp.push([numbersOf(batch), attempts]),
    writerOf: () => undefined,
    signal: new AbortController().signal,
  });
  await delivery(records(...numbers.split('')));
  return { calls, givenUp };
};

const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

describe('a batch', () => {
  it.each([
    ['nothing', undefined],
    ['no failures', failures()],
    ['null', null],
  ])('is done when the function returns %s', async (_case, result) => {
    expect(await deliver('123', { answer: () => result })).toEqual({ calls: ['123'], givenUp: [] });
  });

  it('comes again from its first failure on, however many are named', async () => {
    const { calls } = await deliver('1234', {
      bisects: false,
      answer: (batch) => (batch === '1234' ? failures('4', '3') : undefined),
    });

    expect(calls).toEqual(['1234', '34']);
  });

  it('is halved when its first record fails, and only that record given up', async () => {
    const { calls, givenUp } = await deliver('1234', {
      answer: (batch) => (batch.includes('1') ? failures('1') : undefined),
    });

    expect(calls).toEqual(['1234', '12', '1', '1', '1', '2', '34']);
    expect(givenUp).toEqual([['1', 3]]);
  });

  it('is given up as a whole where it may not be halved', async () => {
    const { calls, givenUp } = await deliver('12', { retries: 1, bisects: false, answer: () => new Error('no') });

    expect(calls).toEqual(['12', '12']);
    expect(givenUp).toEqual([['12', 2]]);
  });

  it.each([
    ['names a record that is not in it', failures('9')],
    ['is no list', { batchItemFailures: 'all' }],
  ])('counts as failed when the report %s', async (_case, result) => {
    const { calls } = await deliver('1', { answer: (_batch, attempt) => (attempt === 1 ? result : undefined) });

    expect(calls).toEqual(['1', '1']);
  });

  it('is done whatever is reported, where the mapping does not ask for reports', async () => {
    expect((await deliver('1', { partial: false, answer: () => failures('1') })).calls).toEqual(['1']);
  });
});
