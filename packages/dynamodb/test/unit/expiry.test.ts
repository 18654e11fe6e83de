import { describe, expect, it } from '@jest/globals';
import { isExpired, ttlOf, unexpired } from '../../src/expiry.ts';
import { expressions } from '../../src/expressions.ts';

const now = '2026-01-01T00:00:00.500Z';

describe('isExpired', () => {
  it.each([
    ['a moment ago', '2026-01-01T00:00:00.499Z', true],
    ['now', now, true],
    ['in a moment', '2026-01-01T00:00:00.501Z', false],
    ['never', undefined, false],
  ])('judges what expires %s', (_case, expiresAt, expected) => {
    expect(isExpired(expiresAt === undefined ? {} : { expiresAt }, now)).toBe(expected);
  });
});

describe('unexpired', () => {
  it('holds for rows without an expiry and rows whose expiry is to come', () => {
    expect(expressions({ condition: unexpired(now) })).toMatchObject({
      ConditionExpression: '(attribute_not_exists(#n0)) OR (#n0 > :v0)',
      ExpressionAttributeNames: { '#n0': 'expiresAt' },
      ExpressionAttributeValues: { ':v0': now },
    });
  });
});

describe('ttlOf', () => {
  it('is the second of the expiry, rounded up: DynamoDB must not delete early', () => {
    expect(ttlOf('2026-01-01T00:00:00.000Z')).toBe(1_767_225_600);
    expect(ttlOf('2026-01-01T00:00:00.001Z')).toBe(1_767_225_601);
  });

  it('goes and stays with the expiry', () => {
    expect(ttlOf(null)).toBeNull();
    expect(ttlOf(undefined)).toBeUndefined();
  });
});
