import { describe, expect, it } from '@jest/globals';
import type { Resource } from '../../../src/diff/template/template.ts';
import { diffOf, index, queue, table } from '../../support/templates.ts';

type Resources = Readonly<Record<string, Resource>>;

const rulesOf = (before: Resources, after: Resources): string[] =>
  diffOf(before, after).refusals.map(({ rule, id }) => `${id} ${rule}`);

const indexed = (...names: string[]) => ({
  T: table({ GlobalSecondaryIndexes: names.map((name) => index(name)) }),
});

describe('what CloudFormation would refuse', () => {
  it('is two index changes of one table in one update', () => {
    expect(rulesOf(indexed('a'), indexed('a', 'b', 'c'))).toEqual(['T two-index-changes']);
    expect(rulesOf(indexed('a', 'b'), indexed())).toEqual(['T two-index-changes']);
    expect(rulesOf(indexed('a'), indexed('b'))).toEqual(['T two-index-changes']);
    expect(diffOf(indexed('a'), indexed('b')).refusals[0]?.message).toContain('creates b and deletes a');
  });

  it('is not one index change, nor indexes of a new or a replaced table', () => {
    expect(rulesOf(indexed('a'), indexed('a', 'b'))).toEqual([]);
    expect(rulesOf({}, indexed('a', 'b'))).toEqual([]);
    expect(
      rulesOf(indexed(), { T: table({ TableName: 'x', GlobalSecondaryIndexes: [index('a'), index('b')] }) }),
    ).toEqual([]);
  });

  it('is not one index change in each of two tables', () => {
    const [one, two] = [table({ GlobalSecondaryIndexes: [index('a')] }), table({ TableName: 'other' })];
    const more = table({ TableName: 'other', GlobalSecondaryIndexes: [index('b')] });

    expect(rulesOf({ One: one, Two: two }, { One: table(), Two: more })).toEqual([]);
  });

  it('is other keys of an index', () => {
    const after = { T: table({ GlobalSecondaryIndexes: [index('a', 'createdAt')] }) };

    expect(rulesOf(indexed('a'), after)).toEqual(['T index-altered']);
  });

  it('is other keys of a table that keeps its name', () => {
    const KeySchema = [{ AttributeName: 'ownerId', KeyType: 'HASH' }];

    expect(rulesOf({ T: table() }, { T: table({ KeySchema }) })).toEqual(['T named-replacement']);
    expect(rulesOf({ T: table() }, { T: table({ KeySchema, TableName: 'notes-2-dev' }) })).toEqual([]);
  });

  it('is a FIFO queue under the name of a standard one', () => {
    expect(rulesOf({ Q: queue() }, { Q: queue({ FifoQueue: true }) })).toEqual(['Q named-replacement']);
  });

  it('is another type under the same logical id', () => {
    expect(rulesOf({ Store: table() }, { Store: queue() })).toEqual(['Store type-changed']);
  });

  it('is a name that another resource has until the end of the update', () => {
    expect(rulesOf({ Old: queue() }, { New: queue() })).toEqual(['New name-taken']);
    expect(rulesOf({ Old: queue() }, { New: queue({ QueueName: 'other' }) })).toEqual([]);
  });

  it('is never approved', () => {
    const { changes } = diffOf({ Store: table() }, { Store: queue() });

    expect(changes.map(({ id, approval }) => [id, approval])).toEqual([['Store', undefined]]);
  });
});
