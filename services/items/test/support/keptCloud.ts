import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '@app/local-cloud';
import { ownEngines, workspaceOf } from '@app/test-support/serviceCloud';
import { eventually } from '@app/test-support/time';

const exists = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const untilGone = (pid: number) => eventually(() => !exists(pid), 10_000);

/** A local cloud with items alone, that is ended in any way and started again with the same data. */
export const startKeptCloud = async () => {
  const root = await workspaceOf('items');
  const dataDir = await mkdtemp(join(tmpdir(), 'items-data-'));
  const start = () => startLocalCloud({ dataDir, args: ['--root', root], env: ownEngines });
  let cloud: LocalCloud = await start();
  return {
    gateway: () => cloud.urls['gateway'] ?? '',
    endpoints: () => ({ dynamodb: cloud.endpoints.dynamodb, sqs: cloud.endpoints.sqs ?? '' }),
    output: () => cloud.output(),
    end: async (signal: NodeJS.Signals) => {
      process.kill(cloud.pid, signal);
      await untilGone(cloud.pid);
    },
    start: async () => {
      cloud = await start();
    },
    remove: async () => {
      await cloud.stop();
      await Promise.all([dataDir, root].map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
};

export type KeptCloud = Awaited<ReturnType<typeof startKeptCloud>>;
