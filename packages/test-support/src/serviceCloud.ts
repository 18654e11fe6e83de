import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startLocalCloud } from '@app/local-cloud';
import { cloudFaults } from './cloudFaults.ts';

const repository = resolve(import.meta.dirname, '../../..');

/** A folder like this repository, with one service and no other: its cloud is ready sooner, and needs less. */
export const workspaceOf = async (service: string): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), `${service}-workspace-`));
  await mkdir(join(root, 'services'));
  for (const name of ['packages', 'node_modules', 'package.json', `services/${service}`])
    await symlink(join(repository, name), join(root, name));
  return root;
};

/** Not those of the cloud that the run has started: its workers would take this one's messages. */
export const ownEngines = {
  AWS_ENDPOINT_URL_DYNAMODB: undefined,
  AWS_ENDPOINT_URL_S3: undefined,
  AWS_ENDPOINT_URL_SQS: undefined,
};

export interface ServiceCloudOptions {
  readonly functionEnvironment?: Readonly<Record<string, string>>;
  /** More options of `npm start`. */
  readonly args?: readonly string[];
}

/**
 * A local cloud of a test's own with one service, whose functions meet the faults that are switched on; the test itself, and
 * the pollers, do not. `stop` rejects as the harness's does.
 */
export const startServiceCloud = async (
  service: string,
  { functionEnvironment, args = [] }: ServiceCloudOptions = {},
) => {
  const root = await workspaceOf(service);
  const cloud = await startLocalCloud({
    args: ['--root', root, ...args],
    env: { POWERTOOLS_LOG_LEVEL: 'INFO', ...ownEngines },
    ...(functionEnvironment && { functionEnvironment }),
  });
  const gateway = cloud.urls['gateway'] ?? '';
  return {
    gateway,
    endpoints: cloud.endpoints,
    faults: cloudFaults(gateway),
    output: cloud.output,
    /** The log lines that name an id, in their order. */
    linesOf: (id: unknown): Record<string, unknown>[] =>
      cloud
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{') && line.includes(String(id)))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    stop: async () => {
      try {
        await cloud.stop();
      } finally {
        await rm(root, { recursive: true });
      }
    },
  };
};

export type ServiceCloud = Awaited<ReturnType<typeof startServiceCloud>>;
