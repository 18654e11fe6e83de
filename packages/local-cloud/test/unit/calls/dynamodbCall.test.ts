import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createTee, outcomeOf, readAwsCall } from '../../../src/dynamodb/front/awsCall.ts';

const limit = 64 * 1024; // bytes
const headersOf = (target: string) => ({
  'x-amz-target': target,
  authorization: 'AWS4-HMAC-SHA256 Credential=ASIAZFWDXKXMPYP4TZOP/20270101/eu-west-1/dynamodb/aws4_request',
});
const callOf = (operation: string, input: unknown) =>
  readAwsCall(headersOf(`DynamoDB_20120810.${operation}`), Buffer.from(JSON.stringify(input)));

describe('a request as a call of DynamoDB', () => {
  it('names its operation, tables, input, and needs in the signer’s region', () => {
    const input = { TableName: 'items', Key: { id: { S: '1' } } };

    const read = callOf('GetItem', input);

    expect(read?.input).toEqual(input);
    expect(read?.call).toEqual({
      service: 'DynamoDB',
      operation: 'GetItem',
      needs: [{ action: 'dynamodb:GetItem', arn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/items' }],
      headers: headersOf('DynamoDB_20120810.GetItem'),
      resources: ['items'],
      input: JSON.stringify(input),
    });
  });

  it('is one of DynamoDB Streams where it is meant for them', () => {
    expect(readAwsCall(headersOf('DynamoDBStreams_20120810.GetRecords'), Buffer.from('{}'))?.call).toMatchObject({
      service: 'DynamoDB Streams',
      operation: 'GetRecords',
    });
  });

  it.each([[{}], [{ 'x-amz-target': '' }], [{ 'x-amz-target': 'DynamoDB_20120810' }]])(
    'is none without an operation: %j',
    (headers) => {
      expect(readAwsCall(headers, Buffer.from('{}'))).toBeUndefined();
    },
  );

  it('has no more than 64 KB of its input', () => {
    const read = callOf('PutItem', { TableName: 'items', Item: { text: { S: 'a'.repeat(2 * limit) } } });

    expect(read?.call.input).toHaveLength(limit);
    expect(read?.call.resources).toEqual(['items']);
  });

  it.each([[''], ['{'], ['null'], ['[]'], ['7'], ['"text"']])(
    'leaves it to the engine to refuse the body %j',
    (body) => {
      expect(readAwsCall(headersOf('DynamoDB_20120810.GetItem'), Buffer.from(body))?.call).toMatchObject({
        operation: 'GetItem',
        resources: [],
      });
    },
  );

  it('leaves it to the engine to refuse members of other types', () => {
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom(null, 7, 'text', [null], {}));
    const names = ['TableName', 'IndexName', 'RequestItems', 'TransactItems', 'Statements', 'Statement', 'StreamArn'];
    const inputs = fc.record(Object.fromEntries(names.map((name) => [name, values])), { requiredKeys: [] });
    fc.assert(
      fc.property(inputs, (input) => {
        expect(() => callOf('GetItem', input)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});

describe('what an answer of DynamoDB says', () => {
  const told = (value: unknown, status = 200) => outcomeOf(status, Buffer.from(JSON.stringify(value)));

  it('is what it has consumed, counted and looked at', () => {
    expect(told({ ConsumedCapacity: { CapacityUnits: 1.5 }, Count: 2, ScannedCount: 7 })).toMatchObject({
      status: 200,
      error: undefined,
      attributes: { 'aws.dynamodb.consumed_capacity': 1.5, 'aws.dynamodb.count': 2, 'aws.dynamodb.scanned_count': 7 },
    });
  });

  it('is the sum of what its tables have consumed', () => {
    const ConsumedCapacity = [{ TableName: 'a', CapacityUnits: 1 }, { TableName: 'b', CapacityUnits: 2.5 }, {}];

    expect(told({ ConsumedCapacity }).attributes).toEqual({ 'aws.dynamodb.consumed_capacity': 3.5 });
  });

  it('is nothing of the kind where it does not say', () => {
    expect(told({}).attributes).toEqual({});
  });

  it('is the name of the error without the namespace', () => {
    const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';

    expect(told({ __type }, 400)).toMatchObject({ status: 400, error: 'ConditionalCheckFailedException' });
  });

  it('is its beginning alone, of one that is larger than 64 KB', () => {
    const outcome = told({ Item: { text: { S: 'a'.repeat(2 * limit) } }, Count: 1 });

    expect(outcome.output).toHaveLength(limit);
    expect(outcome.attributes).toEqual({});
  });

  it.each([['null'], ['[]'], ['7'], [''], ['<html>']])('is read from %j, whatever that is', (body) => {
    expect(outcomeOf(502, Buffer.from(body))).toMatchObject({ status: 502, output: body });
  });
});

describe('the beginning of an answer that is streamed', () => {
  it('is all of it up to 64 KB, and of a longer one little more', () => {
    const tee = createTee();
    const chunk = Buffer.alloc(1000, 'a');
    tee.add(chunk);
    expect(tee.kept()).toBe(chunk);

    for (let count = 1; count < 1000; count += 1) tee.add(chunk);

    expect(tee.kept().length).toBeGreaterThanOrEqual(limit);
    expect(tee.kept().length).toBeLessThanOrEqual(limit + chunk.length);
  });
});
