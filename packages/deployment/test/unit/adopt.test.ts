import { describe, expect, it } from '@jest/globals';
import { candidatesIn } from '../../src/adopt/candidates.ts';
import type { Finding } from '../../src/adopt/examine.ts';
import { importTemplate, isRefused, renderPlan, resourcesToImport } from '../../src/adopt/plan.ts';
import { keyDifference, tableAsItIs } from '../../src/adopt/tableAsItIs.ts';

const keys = {
  KeySchema: [
    { AttributeName: 'ownerId', KeyType: 'HASH' as const },
    { AttributeName: 'id', KeyType: 'RANGE' as const },
  ],
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' as const },
    { AttributeName: 'ownerId', AttributeType: 'S' as const },
  ],
};
const resource = (Type: string, DeletionPolicy: string, Properties: Record<string, unknown>) => ({
  Type,
  DeletionPolicy,
  Properties,
});
const template = {
  Resources: {
    NotesTable: resource('AWS::DynamoDB::Table', 'RetainExceptOnCreate', { TableName: 'notes-prod', ...keys }),
    AssetsBucket: resource('AWS::S3::Bucket', 'Retain', {
      BucketName: { 'Fn::Sub': 'assets-prod-${AWS::AccountId}' },
      NotificationConfiguration: { LambdaConfigurations: [{ Function: { 'Fn::GetAtt': ['F', 'Arn'] } }] },
    }),
    ConnectionsTable: resource('AWS::DynamoDB::Table', 'Delete', { TableName: 'connections-prod', ...keys }),
    ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    GetNoteLogGroup: resource('AWS::Logs::LogGroup', 'Retain', { LogGroupName: '/aws/lambda/x' }),
  },
};
const pseudo = { AccountId: '123456789012', Region: 'eu-west-1', Partition: 'aws' };

describe('what can be adopted', () => {
  it('are the tables and buckets that the template keeps, by their names on AWS', () => {
    expect(candidatesIn(template, pseudo).map(({ logicalId, name }) => [logicalId, name])).toEqual([
      ['NotesTable', 'notes-prod'],
      ['AssetsBucket', 'assets-prod-123456789012'],
    ]);
  });

  it('is nothing whose name depends on another resource', () => {
    const named = { X: resource('AWS::S3::Bucket', 'Retain', { BucketName: { 'Fn::Sub': 'x-${Other}' } }) };

    expect(candidatesIn({ Resources: named }, pseudo)).toEqual([]);
  });
});

describe('a table', () => {
  const described = {
    TableName: 'notes-prod',
    ...keys,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' as const },
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
    SSEDescription: { Status: 'ENABLED' as const, SSEType: 'KMS' as const },
    DeletionProtectionEnabled: true,
    GlobalSecondaryIndexes: [
      {
        IndexName: 'newest',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
        Projection: { ProjectionType: 'ALL' as const },
        ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
        ItemCount: 3,
      },
    ],
  };

  it('is described as it is, so that the deployment switches nothing on that is on', () => {
    expect(tableAsItIs(described, { TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' })).toEqual({
      TableName: 'notes-prod',
      ...keys,
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: [
        {
          IndexName: 'newest',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      DeletionProtectionEnabled: true,
    });
  });

  it('that was restored has neither stream nor expiry: they are left for the deployment', () => {
    const restored = tableAsItIs({ ...keys, TableName: 'notes-prod' }, { TimeToLiveStatus: 'DISABLED' });

    expect(restored).not.toHaveProperty('StreamSpecification');
    expect(restored).not.toHaveProperty('TimeToLiveSpecification');
    expect(restored).toMatchObject({ BillingMode: 'PROVISIONED', DeletionProtectionEnabled: false });
  });

  it('with another key is refused, with both', () => {
    const other = { ...described, KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }] };

    expect(keyDifference(described, keys)).toBeUndefined();
    expect(keyDifference(other, keys)).toBe('its key is id HASH S; the template’s is ownerId HASH S, id RANGE S');
  });

  it('whose key has another type is refused', () => {
    const numbers = keys.AttributeDefinitions.map((each) => ({ ...each, AttributeType: 'N' as const }));

    expect(keyDifference({ ...described, AttributeDefinitions: numbers }, keys)).toContain('ownerId HASH N');
  });
});

describe('an import', () => {
  const [table, bucket] = candidatesIn(template, pseudo);
  if (!table || !bucket) throw new Error('no candidates');
  const adoptable: Finding = { candidate: bucket, state: 'adoptable', asItIs: { BucketName: bucket.name } };
  const plan = { service: 'assets', stack: 'assets-prod', current: undefined, findings: [adoptable] };

  it('into a new stack has nothing but what is imported, and keeps it', () => {
    expect(importTemplate(plan)).toEqual({
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: {
        AssetsBucket: {
          Type: 'AWS::S3::Bucket',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: { BucketName: 'assets-prod-123456789012' },
        },
      },
    });
    expect(resourcesToImport(plan)).toEqual([
      {
        ResourceType: 'AWS::S3::Bucket',
        LogicalResourceId: 'AssetsBucket',
        ResourceIdentifier: { BucketName: 'assets-prod-123456789012' },
      },
    ]);
  });

  it('into a stack that is there leaves all that it has as it is', () => {
    const current = {
      Description: 'as it was',
      Resources: { ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' } },
      Outputs: { X: { Value: '1' } },
    };

    const merged = importTemplate({ ...plan, current });

    expect(merged).toMatchObject(current);
    expect(Object.keys(merged.Resources ?? {})).toEqual(['ServerlessDeploymentBucket', 'AssetsBucket']);
  });

  it('takes only what is there and free', () => {
    const findings: Finding[] = [
      adoptable,
      { candidate: table, state: 'absent' },
      { candidate: table, state: 'in its stack' },
    ];

    expect(resourcesToImport({ ...plan, findings })).toHaveLength(1);
    expect(isRefused({ ...plan, findings })).toBe(false);
  });

  it('is refused by name for what belongs to another stack', () => {
    const refused: Finding = { candidate: table, state: 'refused', reason: 'it belongs to the stack other-prod' };
    const findings = [adoptable, refused];

    expect(isRefused({ ...plan, findings })).toBe(true);
    expect(renderPlan({ ...plan, findings })).toContain(
      'table notes-prod is refused: it belongs to the stack other-prod',
    );
  });
});
