import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud } from '@app/local-cloud';

declare global {
  var localCloud: Awaited<ReturnType<typeof startLocalCloud>> | undefined;
}

/**
 * A local cloud of the run's own: free ports, its own data. AWS_ENDPOINT_URL_DYNAMODB, if set, names another engine.
 * Tests find it in the environment: GATEWAY_URL, and each service as NOTES_URL and so on. RIGHTS_FOLDER is where each cloud
 * of the run, this one and those that tests start, leaves what it has seen of rights.
 */
const startCloud = async () => {
  process.env.RIGHTS_FOLDER = await mkdtemp(join(tmpdir(), 'groundwork-rights-'));
  const { endpoints, urls } = (globalThis.localCloud = await startLocalCloud());
  process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoints.dynamodb;
  if (endpoints.s3) process.env.AWS_ENDPOINT_URL_S3 = endpoints.s3;
  if (endpoints.sqs) process.env.AWS_ENDPOINT_URL_SQS = endpoints.sqs;
  for (const [name, url] of Object.entries(urls)) process.env[`${name.toUpperCase()}_URL`] = url;
};

export default startCloud;
