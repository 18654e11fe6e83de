import { describe, expect, it } from '@jest/globals';
import { canHaveFollowed, changedRow, wasAtOneOf } from '../../src/resource.ts';

const createdAt = '2026-01-01T00:00:00.000Z';
const resource = { id: '1', version: 2, createdAt, updatedAt: createdAt };

describe('changedRow', () => {
  it('changes what is given, removes what is null, leaves what is undefined, and counts the version on', () => {
    const now = '2026-01-02T00:00:00.000Z';
    const row = { ...resource, name: 'Lamp', colour: 'red', ownerId: 'alice' };

    const changed = changedRow(row, { name: 'Bulb', colour: null, size: undefined }, now);

    expect(changed).toEqual({ ...resource, name: 'Bulb', ownerId: 'alice', version: 3, updatedAt: now });
  });
});

describe('wasAtOneOf', () => {
  it('asks for version and creation alike', () => {
    const [otherVersion, otherCreation] = [
      { version: 3, createdAt },
      { version: 2, createdAt: '2026-01-01T00:00:00.001Z' },
    ];

    expect(wasAtOneOf([otherVersion, resource], resource)).toBe(true);
    expect(wasAtOneOf([otherVersion, otherCreation], resource)).toBe(false);
    expect(wasAtOneOf([], resource)).toBe(false);
  });
});

describe('canHaveFollowed', () => {
  it.each([
    ['the state itself', { version: 2, createdAt }, false],
    ['a state before', { version: 1, createdAt }, false],
    ['the next one', { version: 3, createdAt }, false],
    ['one after that', { version: 4, createdAt }, true],
    ['one of a resource that came later under the id', { version: 1, createdAt: '2026-01-02T00:00:00.000Z' }, true],
  ])('says of %s whether a write on the state can lie between', (_case, state, expected) => {
    expect(canHaveFollowed([resource], state)).toBe(expected);
    expect(canHaveFollowed([], state)).toBe(false);
  });
});
