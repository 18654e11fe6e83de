import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createWriters, type WriteInput, type Writers } from '../../../src/dynamodb/streams/writers.ts';

const at = 1_800_000_000; // seconds
const keyOf = (id: string) => ({ id: { S: id } });
const contextOf = (name: string) => ({ traceId: name, spanId: name });
type Record = Parameters<Writers['writerOf']>[1];
const recordOf = (id: string, seconds = at) =>
  ({ dynamodb: { Keys: keyOf(id), ApproximateCreationDateTime: seconds } }) as unknown as Record;

beforeEach(() => void jest.useFakeTimers({ now: at * 1000 + 500, doNotFake: ['performance'] }));
afterEach(() => void jest.useRealTimers());

const watching = () => {
  const writers = createWriters();
  writers.watch('items');
  return writers;
};

describe('the writer of a row', () => {
  it.each<[string, WriteInput]>([
    ['PutItem', { TableName: 'items', Item: { ...keyOf('1'), title: { S: 'a' } } }],
    ['UpdateItem and DeleteItem', { TableName: 'items', Key: keyOf('1') }],
    ['TransactWriteItems', { TransactItems: [{ Put: { TableName: 'items', Item: keyOf('1') } }] }],
    ['a deletion in TransactWriteItems', { TransactItems: [{ Delete: { TableName: 'items', Key: keyOf('1') } }] }],
    ['BatchWriteItem', { RequestItems: { items: [{ PutRequest: { Item: keyOf('1') } }] } }],
    ['a deletion in BatchWriteItem', { RequestItems: { items: [{ DeleteRequest: { Key: keyOf('1') } }] } }],
  ])('is the call that wrote it: %s', (_operation, input) => {
    const writers = watching();
    writers.note(input, contextOf('call'));

    expect(writers.writerOf('items', recordOf('1'))).toEqual(contextOf('call'));
    expect(writers.writerOf('items', recordOf('2'))).toBeUndefined();
    expect(writers.writerOf('users', recordOf('1'))).toBeUndefined();
  });

  it('is the last that wrote it before the record', () => {
    const writers = watching();
    writers.note({ TableName: 'items', Key: keyOf('1') }, contextOf('first'));
    writers.note({ TableName: 'items', Key: keyOf('1') }, contextOf('second'));
    jest.setSystemTime((at + 10) * 1000);
    writers.note({ TableName: 'items', Key: keyOf('1') }, contextOf('later'));

    expect(writers.writerOf('items', recordOf('1'))).toEqual(contextOf('second'));
    expect(writers.writerOf('items', recordOf('1', at + 10))).toEqual(contextOf('later'));
  });

  it('is not known of a table that nobody watches', () => {
    const writers = createWriters();
    writers.note({ TableName: 'items', Key: keyOf('1') }, contextOf('call'));
    writers.watch('items');

    expect(writers.writerOf('items', recordOf('1'))).toBeUndefined();
  });

  it('is known of the last thousands of writes', () => {
    const writers = watching();
    for (let id = 0; id < 10_000; id += 1)
      writers.note({ TableName: 'items', Key: keyOf(String(id)) }, contextOf(String(id)));

    expect(writers.writerOf('items', recordOf('9999'))).toEqual(contextOf('9999'));
    expect(writers.writerOf('items', recordOf('8500'))).toEqual(contextOf('8500'));
    expect(writers.writerOf('items', recordOf('1'))).toBeUndefined();
  });

  it('is none of those that read it in a transaction', () => {
    const writers = watching();
    writers.note({ TableName: 'items', Key: keyOf('1') }, contextOf('writer'));
    writers.note({ TransactItems: [{ Get: { TableName: 'items', Key: keyOf('1') } }] }, contextOf('reader'));

    expect(writers.writerOf('items', recordOf('1'))).toEqual(contextOf('writer'));
  });

  it('is not looked for in a batch of reads, whose input has another shape', () => {
    const writers = watching();

    expect(() => writers.note({ RequestItems: { items: { Keys: [keyOf('1')] } } }, contextOf('reader'))).not.toThrow();
    expect(writers.writerOf('items', recordOf('1'))).toBeUndefined();
  });
});
