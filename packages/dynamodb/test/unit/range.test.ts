import { describe, expect, it } from '@jest/globals';
import { type Condition, expressions } from '../../src/expressions.ts';
import { within } from '../../src/range.ts';

const written = (condition: Condition | undefined) => condition && expressions({ key: condition });

describe('within', () => {
  it.each([
    ['a', 'b', '#n0 BETWEEN :v0 AND :v1', ['a', 'b']],
    ['a', undefined, '#n0 >= :v0', ['a']],
    [undefined, 'b', '#n0 <= :v0', ['b']],
  ])('takes in both of its bounds: from %s to %s', (from, to, expression, values) => {
    const { KeyConditionExpression, ExpressionAttributeValues = {} } = written(within('createdAt', from, to)) ?? {};

    expect(KeyConditionExpression).toBe(expression);
    expect(Object.values(ExpressionAttributeValues)).toEqual(values);
  });

  it('is no condition without bounds', () => {
    expect(within('createdAt', undefined, undefined)).toBeUndefined();
  });
});
