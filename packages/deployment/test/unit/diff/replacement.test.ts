import { describe, expect, it } from '@jest/globals';
import { replacementAt } from '../../../src/diff/compare/schema.ts';
import { actionsOf, diffOf, queue, table } from '../../support/templates.ts';

const subscription = (topic: string) => ({ Type: 'AWS::SNS::Subscription', Properties: { TopicArn: topic } });

describe('whether a resource is replaced', () => {
  it('is said by create-only properties', () => {
    expect(actionsOf(diffOf({ Table: table() }, { Table: table({ TableName: 'other' }) }))).toEqual(['Table replaced']);
    expect(actionsOf(diffOf({ Table: table() }, { Table: table({ BillingMode: 'PROVISIONED' }) }))).toEqual([
      'Table changed',
    ]);
  });

  it('is not certain for conditional create-only properties', () => {
    expect(replacementAt('AWS::Lambda::Function', ['DurableConfig'])).toBe('maybe');
    expect(replacementAt('AWS::SNS::Subscription', ['Region'])).toBe('maybe');
  });

  it('is said by properties below others, and by lists of them', () => {
    const endpoints = ['SelfManagedEventSource', 'Endpoints', 'KafkaBootstrapServers'];

    expect(replacementAt('AWS::Lambda::EventSourceMapping', endpoints)).toBe('yes');
    expect(replacementAt('AWS::DynamoDB::GlobalTable', ['GlobalSecondaryIndexes'])).toBe('maybe');
    expect(replacementAt('AWS::DynamoDB::Table', ['GlobalSecondaryIndexes', '[a-index]', 'KeySchema'])).toBe('no');
  });

  it('is unknown for types and properties that no schema has, and says so', () => {
    const custom = (value: string) => ({ Type: 'Custom::Thing', Properties: { Value: value } });

    const diff = diffOf({ Thing: custom('a') }, { Thing: custom('b') });

    expect(actionsOf(diff)).toEqual(['Thing changed (unknown)']);
    expect(diff.notes).toEqual(['Custom::Thing is in no schema: replacement and data loss are unknown.']);
    expect(replacementAt('AWS::SQS::Queue', ['QueueNam'])).toBe('unknown');
    expect(replacementAt('AWS::Lambda::Function', ['Environment', 'Variables', 'ANY_NAME'])).toBe('no');
  });

  it('reaches what refers to a replaced resource, however far', () => {
    const resources = (name: string) => ({
      Alarm: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: { AlarmName: 'backlog', Dimensions: [{ Name: 'id', Value: { 'Fn::Sub': '${Mapping}' } }] },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
      },
      Other: subscription('arn:other'),
      Queue: queue({ QueueName: name }),
    });

    const { changes } = diffOf(resources('old'), resources('new'));

    expect(
      changes.map(({ id, action, properties: [first] }) => [id, action, first?.path.join('.'), first?.cause]),
    ).toEqual([
      ['Alarm', 'changed', 'Dimensions.Value', 'Mapping'],
      ['Mapping', 'replaced', 'EventSourceArn', 'Queue'],
      ['Queue', 'replaced', 'QueueName', undefined],
    ]);
  });

  it('does not end in circles of references', () => {
    const resources = (name: string) => ({
      A: { ...queue({ QueueName: name }) },
      B: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'A' }], PolicyDocument: { Id: { Ref: 'C' } } },
      },
      C: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'c', Tags: [{ Key: 'b', Value: { Ref: 'B' } }] } },
    });

    expect(actionsOf(diffOf(resources('old'), resources('new')))).toEqual(['A replaced', 'B changed']);
  });
});
