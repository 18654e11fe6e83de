import { describe, expect, it } from '@jest/globals';
import { toResource, wasAtOneOf } from '../../src/resource.ts';

const createdAt = '2026-01-01T00:00:00.000Z';
const resource = { id: '1', version: 2, createdAt, updatedAt: createdAt };

describe('toResource', () => {
  it('shows nothing that only the row has, nor what its table hides', () => {
    const row = { ...resource, ownerId: 'alice', ttl: 1, payloadDigest: 'd', listShard: '0' };

    expect(toResource(row, ['listShard'])).toEqual(resource);
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
