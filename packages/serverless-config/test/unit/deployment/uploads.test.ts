import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Template } from '../../../src/deployment/template.ts';
import { deployedFolder, latestFolder } from '../../../src/deployment/uploads.ts';

const functionOf = (S3Key: string) => ({ Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key } } });

describe('the folder that a stack runs', () => {
  it('is that of its functions’ archives', () => {
    const template: Template = { Resources: { GetNote: functionOf('serverless/notes/dev/170-x/getNote.zip') } };

    expect(deployedFolder(template)).toBe('serverless/notes/dev/170-x');
  });

  it('is none where it has no functions, or never came to be', () => {
    expect(deployedFolder({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } })).toBeUndefined();
    expect(deployedFolder(undefined)).toBeUndefined();
  });
});

describe('the folder that was uploaded last', () => {
  const latestOf = async (...keys: string[]) => {
    const client = new S3Client({});
    const halves = [keys.slice(0, 2), keys.slice(2)];
    const mock = mockClient(client);
    mock.on(ListObjectsV2Command).callsFake(({ ContinuationToken }: { ContinuationToken?: string }) => ({
      Contents: halves[ContinuationToken ? 1 : 0]?.map((Key) => ({ Key })),
      NextContinuationToken: ContinuationToken ? undefined : 'more',
    }));
    return latestFolder(client, 'bucket', 'serverless/notes/dev/');
  };

  it('is the newest by its time, whatever its place in the list', async () => {
    expect(
      await latestOf(
        'serverless/notes/dev/999-a/x.zip',
        'serverless/notes/dev/1000-b/x.zip',
        'serverless/notes/dev/998-c/x.zip',
        'serverless/notes/dev/readme/x.zip',
      ),
    ).toBe('serverless/notes/dev/1000-b');
  });

  it('is none in an empty bucket', async () => {
    expect(await latestOf()).toBeUndefined();
  });
});
