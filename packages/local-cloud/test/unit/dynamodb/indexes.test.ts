import { describe, expect, it } from '@jest/globals';
import { compareIndexes } from '../../../src/dynamodb/tables/indexes.ts';

type Index = Parameters<typeof compareIndexes>[1]['GlobalSecondaryIndexes'];

const index = (IndexName: string, key = 'owner', ProjectionType: 'ALL' | 'KEYS_ONLY' = 'ALL') => ({
  IndexName,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' as const }],
  Projection: { ProjectionType },
});

const table = (indexes: NonNullable<Index>, key = 'id') => ({
  TableName: 'things-dev',
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' as const }],
  GlobalSecondaryIndexes: [...indexes],
});

const compare = (there: ReturnType<typeof table>, wanted: ReturnType<typeof table>) => {
  const { added, removed, problems } = compareIndexes(there, wanted);
  return { added: added.map(({ IndexName }) => IndexName), removed, problems };
};

describe('the indexes of a table that is there', () => {
  it('are left as they are where the service says the same, in whatever order', () => {
    expect(compare(table([index('a'), index('b')]), table([index('b'), index('a')]))).toEqual({
      added: [],
      removed: [],
      problems: [],
    });
  });

  it('are added and removed by name', () => {
    expect(compare(table([index('a'), index('b')]), table([index('b'), index('c')]))).toEqual({
      added: ['c'],
      removed: ['a'],
      problems: [],
    });
  });

  it.each([
    ['key', index('a', 'title')],
    ['projection', index('a', 'owner', 'KEYS_ONLY')],
  ])('are neither added nor removed when one has another %s under its name', (_what, changed) => {
    const { added, removed, problems } = compare(table([index('a')]), table([changed]));

    expect([added, removed]).toEqual([[], []]);
    expect(problems).toEqual([
      expect.stringMatching(/^things-dev has a with another key or projection\..*another name/),
    ]);
  });

  it('are no matter where the table itself has another key', () => {
    expect(compare(table([]), table([], 'thingId')).problems).toEqual([
      expect.stringMatching(/^things-dev was created with another key than it has now: npm start -- --fresh/),
    ]);
  });
});
