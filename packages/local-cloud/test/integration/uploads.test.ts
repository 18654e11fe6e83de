import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/environment.ts';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { eventually } from './support/eventually.ts';
import { createWorkspace } from './support/workspace.ts';

const Bucket = 'delta-dev-000000000000';
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;

const start = () =>
  startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL_SQS: '' },
    functionEnvironment: { ATTEMPTS_FILE: join(workspace.root, 'attempts') },
    args: ['--root', workspace.root],
  });

/** The keys that the function was called for, in all runs so far. */
const heard = () => {
  const file = join(workspace.root, 'attempts');
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
};

/** Uploads from many clients at once until the cloud is gone. Resolves to the keys that were answered 200. */
const uploadUntilEnd = async (round: string, hasEnded: () => boolean) => {
  const client = new S3Client({ endpoint: cloud.endpoints.s3 ?? '', region: 'eu-west-1', credentials, maxAttempts: 1 });
  const taken: string[] = [];
  const uploader = async (name: number) => {
    for (let number = 0; number < 2000 && !hasEnded(); number += 1) {
      const Key = `in/${round}-${name}-${number}.txt`;
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' })).then(
        () => taken.push(Key),
        () => {},
      );
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, name) => uploader(name)));
  client.destroy();
  return taken;
};

const isGone = (pid: number) => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return true;
  }
};

beforeAll(async () => {
  workspace = await createWorkspace('storage');
  cloud = await start();
}, 60_000);

afterAll(async () => {
  await cloud?.stop();
  await workspace?.remove();
});

describe('uploads that were answered 200', () => {
  it.each([
    ['SIGKILL', 150],
    ['SIGTERM', 300],
    ['SIGKILL', 700],
    ['SIGINT', 500],
    ['SIGKILL', 1100],
  ] as const)(
    'are all told of, though the cloud got %s after %i ms',
    async (signal, milliseconds) => {
      let isEnding = false;
      const { pid } = cloud;
      const uploading = uploadUntilEnd(`${signal}-${milliseconds}`, () => isEnding);
      await eventually(() => heard().size > 1, 10_000);
      await delay(milliseconds + Math.random() * 100); // any moment will do
      process.kill(pid, signal);
      const ended = await eventually(() => isGone(pid), 10_000);
      isEnding = true;
      const taken = await uploading;
      const late = taken.filter((key) => !heard().has(key)).length;

      cloud = await start();

      const isComplete = await eventually(() => taken.every((key) => heard().has(key)), 30_000);
      process.stderr.write(`${signal}: ${taken.length} uploads taken, ${late} told of after the restart\n`);
      expect([ended, isComplete]).toEqual([true, true]);
      expect(taken.length).toBeGreaterThan(0);
    },
    180_000,
  );
});
