import { reportUnavailable, timeouts } from '@app/aws-client';
import { S3Client } from '@aws-sdk/client-s3';
import { config } from '../config.ts';
import { createObjectStore } from './objectStore.ts';

/**
 * One client per execution environment. Checksums only where S3 asks for them: a presigned URL would carry that of an
 * empty body. The SDK reads AWS_ENDPOINT_URL_S3, and of itself puts buckets into paths where that names an IP address.
 */
const client = new S3Client({
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
  maxAttempts: 4,
  requestHandler: { ...timeouts, connectionTimeout: 1000, requestTimeout: 3000 }, // an object takes longer than a row
});
client.middlewareStack.use(reportUnavailable());

export const objects = createObjectStore(client, config.bucketName);
