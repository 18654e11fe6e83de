import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startLocalCloud } from '@app/local-cloud';
import { type HttpAnswer, startFaultProxy } from '@app/test-support';
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
 * A local cloud of a test's own, whose functions reach DynamoDB and SQS through fault proxies; the test itself, and the
 * pollers, reach the engines without. The sweep runs every second.
 */
export const startItemsCloud = async (functionEnvironment: Readonly<Record<string, string>> = {}) => {
  const [root, dynamodb, sqs] = await Promise.all([workspaceOfItems(), startFaultProxy(), startFaultProxy()]);
  const cloud = await startLocalCloud({
    args: ['--root', root, '--schedule-seconds', '1'],
    env: { POWERTOOLS_LOG_LEVEL: 'INFO', ...ownEngines },
    functionEnvironment: {
      ...functionEnvironment,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
      AWS_ENDPOINT_URL_SQS: sqs.url,
    },
  });
  dynamodb.pointAt(cloud.endpoints.dynamodb);
  sqs.pointAt(cloud.endpoints.sqs ?? '');
  /** The log lines that name an id, in their order. */
  const linesOf = (id: unknown) =>
    cloud
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes(String(id)))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    gateway: cloud.urls.gateway ?? '',
    endpoints: { dynamodb: cloud.endpoints.dynamodb, sqs: cloud.endpoints.sqs ?? '' },
    faults: { dynamodb, sqs },
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
      await Promise.all([dynamodb.stop(), sqs.stop(), rm(root, { recursive: true })]);
    },
  };
};

export type ItemsCloud = Awaited<ReturnType<typeof startItemsCloud>>;
