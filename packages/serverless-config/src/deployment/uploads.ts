import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { ofType, type Template } from './template.ts';

/** `serverless/notes/dev/1780000000000-2026-06-01T…`: where the framework puts a deployment's archives. */
const folderIn = (key: string) => key.split('/').slice(0, -1).join('/');

const timeOf = (folder: string) => Number(folder.split('/').at(-1)?.split('-')[0] ?? Number.NaN);

/** The folder whose archives a stack's functions run. */
export const deployedFolder = (template: Template | undefined): string | undefined => {
  const functions = template ? ofType(template, 'AWS::Lambda::Function') : [];
  const keys = functions.map(([, { Properties }]) => (Properties?.['Code'] as { S3Key?: string } | undefined)?.S3Key);
  const key = keys.find((each) => each !== undefined);
  return key && folderIn(key);
};

/** The folder that was uploaded last, below a prefix such as `serverless/notes/dev/`. Undefined where there is none. */
export const latestFolder = async (client: S3Client, Bucket: string, Prefix: string): Promise<string | undefined> => {
  const folders = new Set<string>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix }))
    for (const { Key = '' } of Contents) folders.add(folderIn(Key));
  return [...folders].filter((folder) => !Number.isNaN(timeOf(folder))).toSorted((a, b) => timeOf(b) - timeOf(a))[0];
};
