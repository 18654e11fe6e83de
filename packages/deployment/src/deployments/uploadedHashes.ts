import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { inParallel } from '../framework/inParallel.ts';
import { functionsOf } from '../package/readPackage.ts';
import type { Template } from '../stack/readStack.ts';
import type { Hashes } from '../verify/codeHashes.ts';

const atOnce = 8;

/** By the functions' names, what Lambda is to run after going back to an upload: the framework writes each archive's hash onto it. */
export const uploadedHashes = async (client: S3Client, Bucket: string, folder: string): Promise<Hashes> => {
  const file = await client.send(
    new GetObjectCommand({ Bucket, Key: `${folder}/compiled-cloudformation-template.json` }),
  );
  const template = JSON.parse(await text(file.Body as Readable)) as Template;
  const entries = await inParallel(functionsOf(template), atOnce, async ({ name, key: Key }) => {
    const { Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    return [name, Metadata?.['filesha256'] ?? ''] as const;
  });
  return new Map(entries);
};
