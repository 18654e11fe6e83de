import { describe, expect, it } from '@jest/globals';
import { conditionsHold } from '../../../src/iam/conditions.ts';
import type { OneOrMore } from '../../../src/iam/statements.ts';

type Values = OneOrMore<string | number | boolean>;

/** Whether a condition on one key holds for a call of which these values of the key are known. */
const holds = (operator: string, wanted: Values, given?: string | readonly string[]) =>
  conditionsHold(
    { [operator]: { 'app:Key': wanted } },
    new Map(given === undefined ? [] : [['app:key', [given].flat()]]),
  );

const alarms = 'arn:aws:sns:eu-west-1:000000000000:alarms';

describe('the condition', () => {
  it.each<[operator: string, wanted: Values, given: string, isHeld: boolean]>([
    ['StringEquals', 'ann', 'ann', true],
    ['StringEquals', 'ann', 'Ann', false],
    ['StringEquals', ['bob', 'ann'], 'ann', true],
    ['StringEquals', 'a*', 'ann', false],
    ['StringEquals', [], 'ann', false],
    ['StringNotEquals', 'ann', 'ann', false],
    ['StringNotEquals', 'ann', 'bob', true],
    ['StringNotEquals', ['ann', 'bob'], 'bob', false],
    ['StringEqualsIgnoreCase', 'ann', 'ANN', true],
    ['StringNotEqualsIgnoreCase', 'ann', 'ANN', false],
    ['StringLike', 'a?n*', 'ann', true],
    ['StringLike', 'A*', 'ann', false],
    ['StringNotLike', 'a*', 'ann', false],
    ['StringNotLike', ['b*', 'c*'], 'ann', true],
    ['NumericEquals', 10, '10.0', true],
    ['NumericNotEquals', '10', '10.0', false],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '9', '10', true],
    ['NumericGreaterThan', '10', '10', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['DateEquals', '2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00', true],
    ['DateEquals', '1704067200', '2024-01-01T00:00:00Z', true],
    ['DateNotEquals', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', false],
    ['DateLessThan', '2024-01-02T00:00:00Z', '2024-01-01T00:00:00Z', true],
    ['DateLessThan', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', false],
    ['DateLessThanEquals', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', true],
    ['DateGreaterThan', '2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z', true],
    ['DateGreaterThan', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', false],
    ['DateGreaterThanEquals', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', true],
    ['Bool', true, 'true', true],
    ['Bool', 'True', 'true', true],
    ['Bool', 'false', 'true', false],
    ['BinaryEquals', 'QmFy', 'QmFy', true],
    ['BinaryEquals', 'QmFy', 'qmfy', false],
    ['IpAddress', '10.0.0.0/8', '10.1.2.3', true],
    ['IpAddress', '10.0.0.0/8', '11.0.0.1', false],
    ['IpAddress', '203.0.113.0/25', '203.0.113.128', false],
    ['IpAddress', '127.0.0.1', '127.0.0.1', true],
    ['IpAddress', '127.0.0.1', '127.0.0.2', false],
    ['IpAddress', '0.0.0.0/0', '192.0.2.1', true],
    ['IpAddress', '2001:db8::/32', '2001:db8::5', true],
    ['IpAddress', '2001:db8::/32', '2001:db9::5', false],
    ['IpAddress', '::/0', '127.0.0.1', false],
    ['IpAddress', '10.0.0.0/8', '::ffff:10.0.0.1', false],
    ['IpAddress', '10.0.0.0/8', 'nowhere', false],
    ['IpAddress', 'nowhere', '10.0.0.1', false],
    ['NotIpAddress', '10.0.0.0/8', '10.1.2.3', false],
    ['NotIpAddress', '10.0.0.0/8', '11.0.0.1', true],
    ['ArnEquals', 'arn:aws:sns:*:*:al*', alarms, true],
    ['ArnLike', 'arn:aws:sns:*:*:alarm?', alarms, true],
    ['ArnLike', 'arn:aws:sns:*:alarms', alarms, false],
    ['ArnLike', 'arn:aws:sns', alarms, false],
    ['ArnNotEquals', alarms, alarms, false],
    ['ArnNotLike', 'arn:aws:sqs:*:*:*', alarms, true],
  ])('%s %j of %j holds: %s', (operator, wanted, given, isHeld) => {
    expect(holds(operator, wanted, given)).toBe(isHeld);
  });

  it.each<[operator: string, isHeld: boolean]>([
    ['StringEquals', false],
    ['StringLike', false],
    ['NumericLessThan', false],
    ['DateLessThan', false],
    ['Bool', false],
    ['IpAddress', false],
    ['ArnLike', false],
    ['StringNotEquals', true],
    ['StringNotEqualsIgnoreCase', true],
    ['StringNotLike', true],
    ['NumericNotEquals', true],
    ['DateNotEquals', true],
    ['NotIpAddress', true],
    ['ArnNotEquals', true],
    ['ArnNotLike', true],
    ['StringEqualsIfExists', true],
    ['BoolIfExists', true],
    ['StringNotLikeIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAllValues:StringNotEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', false],
  ])('%s holds of a key that a call does not have: %s', (operator, isHeld) => {
    expect(holds(operator, 'x')).toBe(isHeld);
    expect(holds(operator, 'x', [])).toBe(isHeld);
  });

  it.each<[operator: string, wanted: string, given: string, isHeld: boolean]>([
    ['StringEqualsIfExists', 'ann', 'ann', true],
    ['StringEqualsIfExists', 'ann', 'bob', false],
    ['BoolIfExists', 'false', 'true', false],
    ['StringNotEqualsIfExists', 'ann', 'ann', false],
  ])('%s %j of %j, which there is, holds: %s', (operator, wanted, given, isHeld) => {
    expect(holds(operator, wanted, given)).toBe(isHeld);
  });

  it.each<[operator: string, wanted: Values, given: readonly string[], isHeld: boolean]>([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'a'], true],
    ['ForAnyValue:StringEquals', ['a'], ['b', 'c'], false],
    ['ForAnyValue:StringLike', ['a*'], ['b', 'aa'], true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'a'], false],
    ['StringEquals', ['a', 'b'], ['a', 'b'], false],
    ['StringNotEquals', ['c'], ['a', 'b'], false],
  ])('%s %j of several values, %j, holds: %s', (operator, wanted, given, isHeld) => {
    expect(holds(operator, wanted, given)).toBe(isHeld);
  });

  it.each<[wanted: Values, given: string | readonly string[] | undefined, isHeld: boolean]>([
    ['true', undefined, true],
    [true, undefined, true],
    ['True', [], true],
    ['true', 'x', false],
    ['false', 'x', true],
    ['false', undefined, false],
    ['false', [], false],
    ['no', 'x', false],
  ])('Null %j of %j holds: %s', (wanted, given, isHeld) => {
    expect(holds('Null', wanted, given)).toBe(isHeld);
  });
});

describe('conditions', () => {
  const context = new Map([
    ['aws:username', ['ann']],
    ['aws:securetransport', ['true']],
  ]);

  it('hold where there are none', () => {
    expect(conditionsHold(undefined, context)).toBe(true);
    expect(conditionsHold({}, context)).toBe(true);
  });

  it('hold only together: all operators, and all keys of one', () => {
    const StringEquals = { 'aws:username': 'ann' };

    expect(conditionsHold({ StringEquals, Bool: { 'aws:SecureTransport': 'true' } }, context)).toBe(true);
    expect(conditionsHold({ StringEquals, Bool: { 'aws:SecureTransport': 'false' } }, context)).toBe(false);
    expect(conditionsHold({ StringEquals: { ...StringEquals, 'aws:userid': 'x' } }, context)).toBe(false);
  });

  it('find a key however it is written', () => {
    expect(conditionsHold({ StringEquals: { 'AWS:UserName': 'ann' } }, context)).toBe(true);
  });

  it.each(['StringSounds', 'ForSomeValues:StringEquals', ''])(
    'throw for an operator that there is not: %j',
    (operator) => {
      expect(() => holds(operator, 'x', 'x')).toThrow(`There is no condition operator ${operator}.`);
    },
  );
});
