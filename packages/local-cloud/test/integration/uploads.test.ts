import { existsSync, readFileSync } from 'node:fs';
import { eventually, letPass } from '@app/test-support/time';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/process/environment.ts';
import { Bucket, storageCloud } from './support/storageCloud.ts';

const own = storageCloud();

/** The keys that the function was called for, in all runs so far. */
const heard = () => {
  const file = own.attempts;
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []);
};

/** Uploads from many clients at once until the cloud is gone. Resolves to the keys that were answered 200. */
const uploadUntilEnd = async (round: string, hasEnded: () => boolean) => {
  const client = new S3Client({
    endpoint: own.cloud.endpoints.s3 ?? '',
    region: 'eu-west-1',
    credentials,
    maxAttempts: 1,
  });
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
      const { pid } = own.cloud;
      const before = heard().size;
      const uploading = uploadUntilEnd(`${signal}-${milliseconds}`, () => isEnding);
      await eventually(() => heard().size > before + 1);
      await letPass(milliseconds + Math.random() * 100, 'it may end at any moment');
      process.kill(pid, signal);
      const ended = await eventually(() => isGone(pid));
      isEnding = true;
      const taken = await uploading;
      const late = taken.filter((key) => !heard().has(key)).length;

      await own.start();

      const isComplete = await eventually(() => taken.every((key) => heard().has(key)), 30_000);
      process.stderr.write(`${signal}: ${taken.length} uploads taken, ${late} told of after the restart\n`);
      expect([ended, isComplete]).toEqual([true, true]);
      expect(taken.length).toBeGreaterThan(0);
    },
    180_000,
  );
});
