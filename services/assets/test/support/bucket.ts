import type { Upload } from '@app/contracts/assets';
import { settled } from '@app/test-support/time';
import { S3Client } from '@aws-sdk/client-s3';
import { config } from '../../src/config.ts';
import { createObjectStore } from '../../src/objects/objectStore.ts';

export const s3 = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
export const objects = createObjectStore(s3, config.bucketName);

/** Sends bytes as the upload says, or with other headers. Resolves to the status; Content-Length is fetch's to add. */
export const put = async ({ url, headers }: Upload, body: string | Uint8Array, over: Record<string, string> = {}) => {
  const { 'Content-Length': _length, ...sent } = { ...headers, ...over };
  const response = await fetch(url, { method: 'PUT', headers: sent, body });
  await response.arrayBuffer();
  return response.status;
};

export const isGone = (s3Key: string) =>
  settled(
    () => objects.find(s3Key),
    (object) => object === undefined,
  );
