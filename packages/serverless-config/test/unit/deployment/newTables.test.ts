import { describe, expect, it } from '@jest/globals';
import { namedAnew } from '../../../src/deployment/leftovers.ts';
import { unprotectNewTables } from '../../../src/deployment/protection.ts';
import type { Template } from '../../../src/deployment/template.ts';

const template = (): Template => ({
  Resources: {
    NotesTable: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: 'notes-prod', DeletionProtectionEnabled: true },
    },
    OldTable: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'old-prod', DeletionProtectionEnabled: true } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'assets-prod-${AWS::AccountId}' } } },
    ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  },
});
const deployed: Template = { Resources: { OldTable: { Type: 'AWS::DynamoDB::Table' } } };

describe('a table that the stack does not have yet', () => {
  it('is not protected, so that a failed deployment can take it back', () => {
    const compiled = template();

    expect(unprotectNewTables(compiled, deployed)).toEqual(['NotesTable']);
    expect(compiled.Resources['NotesTable']?.Properties).toMatchObject({ DeletionProtectionEnabled: false });
    expect(compiled.Resources['OldTable']?.Properties).toMatchObject({ DeletionProtectionEnabled: true });
  });

  it('is said nothing of where nothing would be protected', () => {
    const compiled: Template = { Resources: { T: { Type: 'AWS::DynamoDB::Table', Properties: {} } } };

    expect(unprotectNewTables(compiled, undefined)).toEqual([]);
  });
});

describe('what a deployment would make anew', () => {
  it('is each table and bucket that has a name and that the stack does not have', () => {
    expect(namedAnew(template(), deployed, '123456789012')).toEqual([
      { kind: 'table', name: 'notes-prod' },
      { kind: 'bucket', name: 'assets-prod-123456789012' },
    ]);
  });
});
