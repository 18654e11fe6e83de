import { describe, expect, it } from '@jest/globals';
import { passes } from '../../src/dynamodb/streams/filter.ts';

const removed = { eventName: 'REMOVE', dynamodb: { OldImage: { s3Key: { S: 'assets/1/a' } } } };

describe('a filter pattern', () => {
  it.each([
    ['none at all', undefined, true],
    ['an empty list', [], true],
    ['an equal value', [{ eventName: ['REMOVE'] }], true],
    ['one of several values', [{ eventName: ['INSERT', 'REMOVE'] }], true],
    ['another value', [{ eventName: ['INSERT'] }], false],
    ['one of several patterns', [{ eventName: ['INSERT'] }, { eventName: ['REMOVE'] }], true],
    ['a member that is there', [{ dynamodb: { OldImage: { s3Key: { S: [{ exists: true }] } } } }], true],
    ['a member that must not be', [{ dynamodb: { OldImage: { s3Key: { S: [{ exists: false }] } } } }], false],
    ['a member that is not there', [{ dynamodb: { NewImage: { s3Key: { S: [{ exists: true }] } } } }], false],
    ['a beginning', [{ dynamodb: { OldImage: { s3Key: { S: [{ prefix: 'assets/' }] } } } }], true],
    ['another beginning', [{ dynamodb: { OldImage: { s3Key: { S: [{ prefix: 'other/' }] } } } }], false],
    ['all members of one', [{ eventName: ['REMOVE'], dynamodb: { OldImage: { s3Key: { S: ['x'] } } } }], false],
  ])('lets records through or not: %s', (_case, patterns, expected) => {
    expect(passes(patterns, removed)).toBe(expected);
  });

  it('of another kind is refused, not passed over', () => {
    expect(() => passes([{ eventName: [{ 'anything-but': 'x' } as never] }], removed)).toThrow('anything-but');
  });
});
