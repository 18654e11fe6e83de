import { describe, expect, it } from '@jest/globals';
import { absent, allOf, anyOf, between, compare, equals, exists, expressions } from '../../src/expressions.ts';

describe('expressions', () => {
  it('writes a condition of named parts', () => {
    const condition = allOf(exists('id'), anyOf(absent('expiresAt'), compare('expiresAt', '>', 'now')));

    expect(expressions({ condition })).toEqual({
      ConditionExpression: '(attribute_exists(#n0)) AND ((attribute_not_exists(#n1)) OR (#n1 > :v0))',
      ExpressionAttributeNames: { '#n0': 'id', '#n1': 'expiresAt' },
      ExpressionAttributeValues: { ':v0': 'now' },
    });
  });

  it('shares placeholders between the expressions of one request', () => {
    const { KeyConditionExpression, FilterExpression, ...placeholders } = expressions({
      key: equals('ownerId', 'alice'),
      filter: compare('ownerId', '<>', 'bob'),
    });

    expect([KeyConditionExpression, FilterExpression]).toEqual(['#n0 = :v0', '#n0 <> :v1']);
    expect(placeholders).toEqual({
      ExpressionAttributeNames: { '#n0': 'ownerId' },
      ExpressionAttributeValues: { ':v0': 'alice', ':v1': 'bob' },
    });
  });

  it('writes a range with both of its bounds', () => {
    expect(expressions({ key: between('createdAt', 'a', 'b') })).toMatchObject({
      KeyConditionExpression: '#n0 BETWEEN :v0 AND :v1',
      ExpressionAttributeValues: { ':v0': 'a', ':v1': 'b' },
    });
  });

  it('sets what is given, removes what is null, leaves what is undefined, and counts up', () => {
    const update = { set: { title: 'Milk', content: undefined, expiresAt: null }, increment: 'version' };

    expect(expressions({ update })).toEqual({
      UpdateExpression: 'SET #n0 = :v0, #n1 = #n1 + :v1 REMOVE #n2',
      ExpressionAttributeNames: { '#n0': 'title', '#n1': 'version', '#n2': 'expiresAt' },
      ExpressionAttributeValues: { ':v0': 'Milk', ':v1': 1 },
    });
  });

  it('removes without setting', () => {
    expect(expressions({ update: { set: { expiresAt: null } } })).toEqual({
      UpdateExpression: 'REMOVE #n0',
      ExpressionAttributeNames: { '#n0': 'expiresAt' },
    });
  });

  it('leaves out the maps that would be empty: DynamoDB refuses those', () => {
    expect(expressions({})).toEqual({});
  });
});
