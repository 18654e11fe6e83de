import { afterEach, beforeEach } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../../src/index.ts';
import { createWorkspace } from './workspace.ts';

/** The engine that the run of the tests has is not what these are about. */
export const ownEngine = { AWS_ENDPOINT_URL_DYNAMODB: '' };

/** A workspace for each test of a file, and the clouds that it starts there: all are ended after it. Called once in a file. */
export const cloudsForEach = () => {
  let workspace: Awaited<ReturnType<typeof createWorkspace>>;
  let clouds: LocalCloud[];
  beforeEach(async () => {
    clouds = [];
    workspace = await createWorkspace();
  });
  afterEach(async () => {
    await Promise.all(clouds.map((cloud) => cloud.stop()));
    await workspace.remove();
  }, 20_000);
  return {
    /** The workspace of the test that runs. */
    get workspace() {
      return workspace;
    },
    /** Those that the test has started. */
    get clouds() {
      return clouds;
    },
    start: async (...args: string[]): Promise<LocalCloud> => {
      const cloud = await startLocalCloud({
        dataDir: workspace.data,
        env: ownEngine,
        args: ['--root', workspace.root, ...args],
      });
      clouds.push(cloud);
      return cloud;
    },
  };
};
