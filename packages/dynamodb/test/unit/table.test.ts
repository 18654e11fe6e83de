import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, property, string, tuple } from 'fast-check';
import { derivedBy, joinOf, partitionIn, shownBy, withDerived } from '../../src/table.ts';
import { thingsTable } from '../support/things.ts';

const row = { id: '1', name: 'Lamp', colour: 'red', ownerId: 'alice', version: 1, createdAt: 'c', updatedAt: 'u' };

describe('what a row is shown as', () => {
  it('is what the contract has, in its order, and nothing else that any row holds', () => {
    const stored = { ttl: 1, payloadDigest: 'd', writeToken: 'w', ownerColour: 'alice#red', anything: 1, ...row };

    const shown = shownBy(thingsTable)(stored);

    expect(Object.entries(shown)).toEqual([
      ['id', '1'],
      ['name', 'Lamp'],
      ['colour', 'red'],
      ['version', 1],
      ['createdAt', 'c'],
      ['updatedAt', 'u'],
    ]);
  });
});

describe('what a row keeps for its indexes', () => {
  it('is derived when the row is made', () => {
    expect(withDerived(thingsTable, row)).toEqual({ ...row, ownerColour: 'alice#red' });
  });

  it('is nothing of an index that a new row is not in', () => {
    const { colour: _none, ...colourless } = row;

    expect(withDerived(thingsTable, colourless)).toEqual(colourless);
  });

  it.each([
    ['changed', 'blue', 'alice#blue'],
    ['removed', null, null],
  ])('follows a field that is %s', (_case, colour, expected) => {
    const changes = { colour };

    expect(derivedBy(thingsTable, changes, { id: '1', ownerId: 'alice' })).toEqual({
      ownerColour: expected,
    });
  });

  it.each([[{ name: 'Bulb' }], [{ colour: undefined }], [{}]])(
    'is left by an update of other fields: %j',
    (changes) => {
      expect(derivedBy(thingsTable, changes, { id: '1', ownerId: 'alice' })).toEqual({});
    },
  );

  it('cannot be left stale: a change without the fields that it is derived from besides is a defect', () => {
    expect(() => derivedBy(thingsTable, { colour: 'blue' }, {})).toThrow(
      'ownerColour cannot be derived without ownerId',
    );
  });
});

describe('joined values', () => {
  const { value } = joinOf('ownerId', 'colour');

  it('stand as they are, with # between them', () => {
    expect(value({ ownerId: 'alice', colour: 'light red' })).toBe('alice#light red');
  });

  it('give two keys where the values are two, whatever is in them', () => {
    const part = string({ unit: constantFrom('a', '#', '%', '2', '3', '5') });

    assert(
      property(tuple(part, part), tuple(part, part), ([ownerId, colour], [otherOwner, otherColour]) => {
        const isSame = ownerId === otherOwner && colour === otherColour;
        expect(value({ ownerId, colour }) === value({ ownerId: otherOwner, colour: otherColour })).toBe(isSame);
      }),
      {
        examples: [
          [
            ['alice', 'x#y'],
            ['alice#x', 'y'],
          ],
          [
            ['a#', 'b'],
            ['a', '#b'],
          ],
          [
            ['a%23', 'b'],
            ['a#', 'b'],
          ],
        ],
        numRuns: 500,
      },
    );
  });
});

describe('a partition', () => {
  it('is given by the fields that it is derived from, or by its own value', () => {
    const { byColour, byName } = thingsTable.indexes;

    expect(partitionIn(thingsTable, byColour, { ownerId: 'alice', colour: 'red' })).toEqual({
      ownerColour: 'alice#red',
    });
    expect(partitionIn(thingsTable, byName, { name: 'Lamp' })).toEqual({ name: 'Lamp' });
  });
});
