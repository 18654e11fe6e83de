import { describe, expect, it } from '@jest/globals';
import type { AwsCall, CallOutcome } from '../../../src/calls/call.ts';
import { callAttributes, kindOf } from '../../../src/gate/observation.ts';
import { callWith, tableArn } from './gates.ts';

const attributesOf = (changes: Partial<AwsCall> = {}, outcome: CallOutcome = { status: 200 }) =>
  callAttributes(callWith(changes), { kind: 'invocation', functionName: 'items-dev-createItem' }, outcome);

describe('the attributes of a call', () => {
  it('tell of it by OpenTelemetry’s conventions', () => {
    expect(attributesOf()).toMatchObject({
      'rpc.system': 'aws-api',
      'rpc.service': 'DynamoDB',
      'rpc.method': 'PutItem',
      'http.response.status_code': 200,
      'faas.name': 'items-dev-createItem',
      'local.caller': 'invocation',
      'local.resource_arns': [tableArn],
    });
  });

  it.each<[AwsCall['service'], string, string[], Record<string, unknown>]>([
    [
      'DynamoDB',
      'GetItem',
      ['items'],
      {
        'db.system.name': 'aws.dynamodb',
        'db.operation.name': 'GetItem',
        'db.collection.name': 'items',
        'aws.dynamodb.table_names': ['items'],
      },
    ],
    [
      'DynamoDB',
      'TransactWriteItems',
      ['items', 'users'],
      { 'db.collection.name': undefined, 'aws.dynamodb.table_names': ['items', 'users'] },
    ],
    [
      'SQS',
      'SendMessage',
      ['writes.fifo'],
      {
        'messaging.system': 'aws_sqs',
        'messaging.operation.name': 'SendMessage',
        'messaging.destination.name': 'writes.fifo',
      },
    ],
    ['SQS', 'ListQueues', [], { 'messaging.destination.name': undefined }],
    ['SNS', 'Publish', ['alarms'], { 'messaging.system': 'aws.sns', 'messaging.destination.name': 'alarms' }],
    ['S3', 'GetObject', ['photos', 'a/cat.png'], { 'aws.s3.bucket': 'photos', 'aws.s3.key': 'a/cat.png' }],
    ['S3', 'ListObjectsV2', ['photos'], { 'aws.s3.bucket': 'photos', 'aws.s3.key': undefined }],
    ['SSM', 'GetParameter', ['/groundwork/dev/notes/key'], { 'local.parameter': '/groundwork/dev/notes/key' }],
    ['ApiGatewayManagementApi', 'PostToConnection', ['abc='], { 'local.connection_id': 'abc=' }],
  ])('of %s %s on %j are its own', (service, operation, resources, expected) => {
    expect(attributesOf({ service, operation, resources })).toMatchObject(expected);
  });

  it.each([
    ['attempt=1; max=3', 0, 3],
    ['attempt=3; max=5', 2, 5],
    ['attempt=2', 1, undefined],
    ['ttl=20270101T000000Z; attempt=2; max=3', 1, 3],
    [undefined, 0, undefined],
    ['nonsense', 0, undefined],
  ])('tell from %j how often it was sent again', (header, resent, most) => {
    const attributes = attributesOf({ headers: { 'amz-sdk-request': header } });

    expect(attributes['http.request.resend_count']).toBe(resent);
    expect(attributes['local.attempts_at_most']).toBe(most);
  });

  it('have the body of neither side where there is none to tell of, as with uploads', () => {
    const attributes = attributesOf({ service: 'S3', operation: 'PutObject' });

    expect(attributes['local.request.body']).toBeUndefined();
    expect(attributes['local.response.body']).toBeUndefined();
  });

  it('have no secret of either body', () => {
    const text = JSON.stringify({ Item: { password: { S: 'hunter2' } } });

    const attributes = attributesOf({ input: text }, { status: 200, output: text });

    expect(attributes['local.request.body']).toBe('{"Item":{"password":{"S":"***"}}}');
    expect(attributes['local.response.body']).toBe('{"Item":{"password":{"S":"***"}}}');
  });

  it('have bodies that are cut at 64 KB', () => {
    const text = 'a'.repeat(1_000_000);

    const attributes = attributesOf({ input: text }, { status: 200, output: text });

    expect(String(attributes['local.request.body']).length).toBeLessThan(66_000);
    expect(String(attributes['local.response.body']).length).toBeLessThan(66_000);
  });

  it('have what the answer says: consumed capacity, message ids', () => {
    const attributes = { 'aws.dynamodb.consumed_capacity': 2.5, 'messaging.message.id': 'message 1' };

    expect(attributesOf({}, { status: 200, attributes })).toMatchObject(attributes);
  });

  it('name each resource once', () => {
    const need = { action: 'dynamodb:PutItem', arn: tableArn };

    expect(attributesOf({ needs: [need, { ...need, action: 'dynamodb:DeleteItem' }] })).toMatchObject({
      'local.resource_arns': [tableArn],
    });
  });

  it('tell of a link', () => {
    expect(callAttributes(callWith(), { kind: 'presigned' }, { status: 200 })).toMatchObject({
      'local.presigned': true,
      'local.caller': 'presigned',
    });
    expect(attributesOf()['local.presigned']).toBeUndefined();
  });
});

describe('the kind of a call’s span', () => {
  it.each<[AwsCall['service'], string, string]>([
    ['SQS', 'SendMessage', 'producer'],
    ['SQS', 'SendMessageBatch', 'producer'],
    ['SNS', 'Publish', 'producer'],
    ['ApiGatewayManagementApi', 'PostToConnection', 'producer'],
    ['ApiGatewayManagementApi', 'DeleteConnection', 'client'],
    ['SNS', 'ListTopics', 'client'],
    ['SQS', 'ReceiveMessage', 'client'],
    ['SQS', 'DeleteMessage', 'client'],
    ['DynamoDB', 'PutItem', 'client'],
    ['S3', 'PutObject', 'client'],
  ])('of %s %s is %s', (service, operation, kind) => {
    expect(kindOf(callWith({ service, operation }))).toBe(kind);
  });
});
