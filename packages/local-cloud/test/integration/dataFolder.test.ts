import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cloudsForEach } from './support/clouds.ts';

const own = cloudsForEach();
const { start } = own;
const messageOf = (started: PromiseSettledResult<unknown>) =>
  started.status === 'rejected' ? (started.reason as Error).message : '';
const database = () => join(own.workspace.data, 'dynamodb/dynamodb.sqlite');

describe('a data folder', () => {
  it('is had by exactly one of two clouds that start at the same moment, each time', async () => {
    for (let round = 1; round <= 2; round += 1) {
      const started = await Promise.allSettled([start(), start()]);

      expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(started.map(messageOf).join('')).toContain(`already uses the data in ${own.workspace.data}`);
      await own.clouds.pop()?.stop();
    }
  });

  it('is free at once when its cloud was killed, on the same ports too, whatever locks are left over', async () => {
    const base = 22_000 + 160 * Math.floor(Math.random() * 22);
    const first = await start('--port-base', String(base));
    await writeFile(join(own.workspace.data, 'lock'), `1 ${base}`);

    process.kill(first.pid, 'SIGKILL');
    const second = await start('--port-base', String(base));

    expect((await fetch(`${second.urls['gateway']}/alpha/hello`)).status).toBe(200);
  });

  it.each<[what: string, damage: () => Promise<unknown>]>([
    ['a damaged database', () => writeFile(database(), 'damaged'.repeat(2000))],
    ['a folder in the place of the database', () => mkdir(database())],
  ])(
    'that has %s is named with what to do, which helps',
    async (_, damage) => {
      await mkdir(join(own.workspace.data, 'dynamodb'), { recursive: true });
      await damage();

      const [failed] = await Promise.allSettled([start()]);
      expect(messageOf(failed as PromiseSettledResult<unknown>)).toContain(database());
      expect(messageOf(failed as PromiseSettledResult<unknown>)).toContain('npm start -- --fresh');

      await start('--fresh');
    },
    60_000,
  );

  it('that is a file is named with what to do', async () => {
    await writeFile(own.workspace.data, '');

    await expect(start()).rejects.toThrow(/\.local is in the way: .*npm start -- --data <folder>/);
  });
});
