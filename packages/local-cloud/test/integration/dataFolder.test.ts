import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let clouds: LocalCloud[];

const start = async (...args: string[]): Promise<LocalCloud> => {
  const cloud = await startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '' }, // the engine that the run of the tests has is not what these are about
    args: ['--root', workspace.root, ...args],
  });
  clouds.push(cloud);
  return cloud;
};
const messageOf = (started: PromiseSettledResult<unknown>) =>
  started.status === 'rejected' ? (started.reason as Error).message : '';
const database = () => join(workspace.data, 'dynamodb/dynamodb.sqlite');

beforeEach(async () => {
  clouds = [];
  workspace = await createWorkspace();
});
afterEach(async () => {
  await Promise.all(clouds.map((cloud) => cloud.stop()));
  await workspace.remove();
}, 20_000);

describe('a data folder', () => {
  it('is had by exactly one of two clouds that start at the same moment, each time', async () => {
    for (let round = 1; round <= 2; round += 1) {
      const started = await Promise.allSettled([start(), start()]);

      expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(started.map(messageOf).join('')).toContain(`already uses the data in ${workspace.data}`);
      await clouds.pop()?.stop();
    }
  }, 120_000);

  it('is free at once when its cloud was killed, on the same ports too, whatever locks are left over', async () => {
    const base = 22_000 + 120 * Math.floor(Math.random() * 30);
    const first = await start('--port-base', String(base));
    await writeFile(join(workspace.data, 'lock'), `1 ${base}`);

    process.kill(first.pid, 'SIGKILL');
    const second = await start('--port-base', String(base));

    expect((await fetch(`${second.urls['gateway']}/alpha/hello`)).status).toBe(200);
  }, 60_000);

  it.each<[what: string, damage: () => Promise<unknown>]>([
    ['a damaged database', () => writeFile(database(), 'damaged'.repeat(2000))],
    ['a folder in the place of the database', () => mkdir(database())],
  ])(
    'that has %s is named with what to do, which helps',
    async (_, damage) => {
      await mkdir(join(workspace.data, 'dynamodb'), { recursive: true });
      await damage();

      const [failed] = await Promise.allSettled([start()]);
      expect(messageOf(failed as PromiseSettledResult<unknown>)).toContain(database());
      expect(messageOf(failed as PromiseSettledResult<unknown>)).toContain('npm start -- --fresh');

      await start('--fresh');
    },
    60_000,
  );

  it('that is a file is named with what to do', async () => {
    await writeFile(workspace.data, '');

    await expect(start()).rejects.toThrow(/\.local is in the way: .*npm start -- --data <folder>/);
  }, 30_000);
});
