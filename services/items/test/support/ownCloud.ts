import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startLocalCloud } from '@app/local-cloud';
import type { HttpAnswer } from '@app/test-support';
import { cloudFaults } from '@app/test-support/cloudFaults';
import { settled } from '@app/test-support/time';

const repository = resolve(import.meta.dirname, '../../../..');

/** A workspace that has this service and no other: it is ready sooner, and needs less. */
export const workspaceOfItems = async () => {
  const root = await mkdtemp(join(tmpdir(), 'items-workspace-'));
  await mkdir(join(root, 'services'));
  for (const name of ['packages', 'node_modules', 'package.json', 'services/items'])
    await symlink(join(repository, name), join(root, name));
  return root;
};

/** Not those of the cloud that the run has started: its workers would take this one's messages. */
export const ownEngines = {
  AWS_ENDPOINT_URL_DYNAMODB: undefined,
  AWS_ENDPOINT_URL_S3: undefined,
  AWS_ENDPOINT_URL_SQS: undefined,
};

/**
 * A local cloud of a test's own, whose functions meet the faults that are switched on; the test itself, and the pollers, do
 * not. Schedules run every second.
 */
export const startItemsCloud = async (functionEnvironment: Readonly<Record<string, string>> = {}) => {
  const root = await workspaceOfItems();
  const cloud = await startLocalCloud({
    args: ['--root', root, '--schedule-seconds', '1'],
    env: { POWERTOOLS_LOG_LEVEL: 'INFO', ...ownEngines },
    functionEnvironment,
  });
  const gateway = cloud.urls.gateway ?? '';
  /** The log lines that name an id, in their order. */
  const linesOf = (id: unknown) =>
    cloud
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes(String(id)))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    gateway,
    endpoints: { dynamodb: cloud.endpoints.dynamodb, sqs: cloud.endpoints.sqs ?? '' },
    faults: cloudFaults(gateway),
    linesOf,
    /** The id of the command that an exchange asked for: only the log has it where the answer is a problem. */
    async commandOf({ headers }: Pick<HttpAnswer, 'headers'>): Promise<string> {
      const id = headers.get('x-request-id');
      const [line] = await settled(
        () => linesOf(id),
        ({ length }) => length > 0,
      ); // the answer may be here before it
      if (!line) throw new Error(`No log line names ${String(id)}`);
      return String(line.commandRequestId);
    },
    output: cloud.output,
    stop: async () => {
      await cloud.stop();
      await rm(root, { recursive: true });
    },
  };
};

export type ItemsCloud = Awaited<ReturnType<typeof startItemsCloud>>;
