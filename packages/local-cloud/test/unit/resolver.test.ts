import { describe, expect, it } from '@jest/globals';
import type { Serverless } from '../../src/framework/types.ts';
import { localEnvironment } from '../../src/template/localEnvironment.ts';
import { createResolver } from '../../src/template/resolver.ts';

const sqsEndpoint = 'http://127.0.0.1:9324';
const resolve = createResolver(
  {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'items-writes-dev.fifo' } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'items-dev' } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'assets-dev-${AWS::AccountId}' } } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms-dev' } },
    Nameless: { Type: 'AWS::SQS::Queue' },
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'any' } },
  },
  { region: 'eu-west-1', stackName: 'items-dev', sqsEndpoint },
);

describe('the resolver', () => {
  it.each([
    [{ Ref: 'Queue' }, `${sqsEndpoint}/000000000000/items-writes-dev.fifo`],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-west-1:000000000000:items-writes-dev.fifo'],
    [{ 'Fn::GetAtt': 'Queue.QueueName' }, 'items-writes-dev.fifo'],
    [{ 'Fn::GetAtt': ['Queue', 'QueueUrl'] }, `${sqsEndpoint}/000000000000/items-writes-dev.fifo`],
    [{ Ref: 'Table' }, 'items-dev'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:eu-west-1:000000000000:table/items-dev'],
    [{ Ref: 'Bucket' }, 'assets-dev-000000000000'],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::assets-dev-000000000000'],
    [{ Ref: 'Topic' }, 'arn:aws:sns:eu-west-1:000000000000:alarms-dev'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [
      { 'Fn::Sub': '${Table}/${Queue.Arn}/${!Kept}' },
      'items-dev/arn:aws:sqs:eu-west-1:000000000000:items-writes-dev.fifo/${!Kept}',
    ],
    [{ 'Fn::Sub': ['${a}-${AWS::Partition}', { a: { Ref: 'Table' } }] }, 'items-dev-aws'],
    [{ 'Fn::Join': ['/', [{ Ref: 'Table' }, 'index']] }, 'items-dev/index'],
    [
      { a: [{ Ref: 'Table' }], b: 1 },
      { a: ['items-dev'], b: 1 },
    ],
  ])('makes of %j what CloudFormation would', (value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Nameless' }],
    [{ Ref: 'Role' }],
    [{ Ref: 'Unknown' }],
    [{ 'Fn::GetAtt': ['Table', 'StreamArn'] }],
    [{ 'Fn::Join': ['', ['a', { Ref: 'Unknown' }]] }],
    [{ 'Fn::Sub': '${Unknown}' }],
  ])('leaves what it cannot know: %j', (value) => {
    const unchanged = 'Fn::Sub' in value ? '${Unknown}' : value;

    expect(resolve(value)).toEqual(unchanged);
  });
});

describe('the environment of functions', () => {
  it('is resolved for the provider and each function, with the WebSocket’s endpoint', () => {
    const service = {
      provider: {
        stage: 'dev',
        environment: {
          QUEUE: { Ref: 'Queue' },
          ENDPOINT: { 'Fn::Sub': 'https://${WebsocketsApi}.execute-api.eu-west-1.amazonaws.com/dev' },
          PLAIN: 'text',
        },
      },
      functions: { one: { environment: { TABLE: { Ref: 'Table' }, SOCKETS: { Ref: 'WebsocketsApi' } } }, two: {} },
    };

    const websocket = 'http://127.0.0.1:3015';
    localEnvironment({ service } as unknown as Serverless, { resolve, websocket });

    expect(service.provider.environment).toEqual({
      QUEUE: `${sqsEndpoint}/000000000000/items-writes-dev.fifo`,
      ENDPOINT: websocket,
      PLAIN: 'text',
    });
    expect(service.functions).toEqual({ one: { environment: { TABLE: 'items-dev', SOCKETS: websocket } }, two: {} });
  });
});
