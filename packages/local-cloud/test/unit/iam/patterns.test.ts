import { describe, expect, it } from '@jest/globals';
import { arnMatches, matches } from '../../../src/iam/patterns.ts';

describe('a pattern', () => {
  it.each<[pattern: string, text: string, isMatch: boolean]>([
    ['*', '', true],
    ['*', 'a:b/c', true],
    ['a*c', 'abbc', true],
    ['a*c', 'ac', true],
    ['a*c', 'abcd', false],
    ['a**c', 'abc', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?c', 'abbc', false],
    ['a?c', 'a😀c', true],
    ['a*', 'a\nb', true],
    ['writes.fifo', 'writes-fifo', false],
    ['a+(b)[c]{d}|^\\', 'a+(b)[c]{d}|^\\', true],
    ['a+*', 'aaa', false],
    ['items', 'Items', false],
    ['a${*}', 'a*', true],
    ['a${*}', 'ab', false],
    ['a${?}*', 'a?b', true],
    ['a${?}*', 'abb', false],
    ['${WebsocketsApi}/*', '${WebsocketsApi}/dev', true],
    ['${aws:username}', 'ann', false],
  ])('%j matches %j: %s', (pattern, text, isMatch) => {
    expect(matches(pattern, text)).toBe(isMatch);
  });

  it.each<[pattern: string, text: string, isMatch: boolean]>([
    ['dynamodb:getitem', 'dynamodb:GetItem', true],
    ['DynamoDB:Get*', 'dynamodb:GetItem', true],
    ['dynamodb:Put*', 'dynamodb:GetItem', false],
  ])('of an action, %j, matches %j without regard to case: %s', (pattern, text, isMatch) => {
    expect(matches(pattern, text, { ignoreCase: true })).toBe(isMatch);
  });

  it('keeps to its case whatever was matched before without regard to it', () => {
    expect(matches('nbox*', 'NBOX', { ignoreCase: true })).toBe(true);
    expect(matches('nbox*', 'NBOX')).toBe(false);
    expect(matches('inbox*', 'inbox')).toBe(true);
    expect(matches('inbox*', 'nbox')).toBe(false);
  });
});

const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/items';

describe('a pattern of an ARN', () => {
  it.each<[pattern: string, arn: string, isMatch: boolean]>([
    ['*', table, true],
    ['*', '*', true],
    [table, table, true],
    [table, `${table}/index/by-kind`, false],
    [`${table}/index/*`, `${table}/index/by-kind`, true],
    [`${table}*`, `${table}-requests`, true],
    ['arn:*:dynamodb:*:*:table/items', table, true],
    ['arn:aws:dynamodb:eu-west-?:000000000000:*', table, true],
    ['arn:aws:dynamodb:us-*:000000000000:table/items', table, false],
    ['arn:aws:sqs:*:*:*', table, false],
    ['arn:aws:dynamodb:eu-west-1:000000000000:TABLE/items', table, false],
    ['arn:aws:s3:::files/*', 'arn:aws:s3:::files/a/b.txt', true],
    ['arn:aws:s3:::files/*', 'arn:aws:s3:::files', false],
    ['arn:aws:s3:::files/*', 'arn:aws:s3:::files/a:b', true],
  ])('%j matches %j: %s', (pattern, arn, isMatch) => {
    expect(arnMatches(pattern, arn)).toBe(isMatch);
  });

  it.each([
    ['arn:aws:dynamodb:*:table/items', table],
    ['arn:*:table/items', table],
    ['arn:aws:s3:*/a', 'arn:aws:s3:::files/a'],
  ])('%j does not reach over a colon: not %j', (pattern, arn) => {
    expect(arnMatches(pattern, arn)).toBe(false);
  });

  it.each<[pattern: string, isMatch: boolean]>([
    ['arn:aws:dynamodb', true],
    ['arn:aws:dynamodb:eu-west-1', true],
    ['arn:aws:dynamodb:us-east-1', false],
    ['arn:aws:sqs', false],
  ])('that ends early, %j, may have anything in the parts it lacks: %s', (pattern, isMatch) => {
    expect(arnMatches(pattern, table)).toBe(isMatch);
  });

  it('of a resource does not match an action that is on none', () => {
    expect(arnMatches('arn:aws:s3:::*', '*')).toBe(false);
    expect(arnMatches('arn:aws:s3', '*')).toBe(false);
  });
});
