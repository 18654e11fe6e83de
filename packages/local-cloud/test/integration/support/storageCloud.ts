import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../../src/index.ts';
import { createWorkspace } from './workspace.ts';

/** The name of delta's bucket. */
export const Bucket = 'delta-dev-000000000000';

/**
 * A cloud with delta (a bucket and a stream) for all tests of a file, which may end it and start another with the same data.
 * Its function writes down each key that it is called for in the file `attempts`. Called once in a file.
 */
export const storageCloud = () => {
  let workspace: Awaited<ReturnType<typeof createWorkspace>>;
  let cloud: LocalCloud;
  const start = async () => {
    cloud = await startLocalCloud({
      dataDir: workspace.data,
      env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL_SQS: '' },
      functionEnvironment: { ATTEMPTS_FILE: join(workspace.root, 'attempts') },
      args: ['--root', workspace.root],
    });
  };
  beforeAll(async () => {
    workspace = await createWorkspace('storage');
    await start();
  });
  afterAll(async () => {
    await cloud?.stop();
    await workspace?.remove();
  });
  return {
    /** The one that was started last. */
    get cloud() {
      return cloud;
    },
    get attempts() {
      return join(workspace.root, 'attempts');
    },
    start,
  };
};
