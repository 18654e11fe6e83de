import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { freeBase } from '@app/test-support/freeBase';
import { eventually } from '@app/test-support/time';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LocalCloud } from '../../src/index.ts';
import { host } from '../../src/process/portCheck.ts';
import { cloudsForEach, ownEngine } from './support/clouds.ts';
import { connect } from './support/connect.ts';
import { processesMentioning } from './support/processes.ts';

const repository = resolve(import.meta.dirname, '../../../..');
let spawned: ChildProcess[];
beforeEach(() => {
  spawned = [];
});
afterEach(() => {
  for (const child of spawned) child.kill('SIGKILL');
});

const own = cloudsForEach(); // after the hook above: what still runs in a workspace ends before that goes
const { start } = own;

/** The command itself, as npm runs it: in a shell, with a parent that can be killed. */
const type = (...args: string[]) => {
  const { NODE_OPTIONS: _ofTests, ...env } = process.env;
  const command = `node scripts/run.cjs start --root ${own.workspace.root} --data ${own.workspace.data} ${args.join(' ')}; true`;
  const child = spawn('sh', ['-c', command], {
    cwd: repository,
    env: { ...env, ...ownEngine, npm_lifecycle_event: 'start' },
    stdio: 'pipe',
    detached: true,
  });
  spawned.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
};

const edit = async (file: string, change: (text: string) => string) => {
  const path = join(own.workspace.root, 'services/alpha', file);
  await writeFile(path, change(await readFile(path, 'utf8')));
};

describe('data', () => {
  const ids = async ({ endpoints }: LocalCloud) => {
    const client = connect(endpoints.dynamodb);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'alpha-dev' }));
    return Items.map(({ id, title }) => `${id} ${title}`).toSorted();
  };

  it('is one cloud’s at a time, survives a restart, deleted and changed seeds do not come back, and --fresh forgets it all', async () => {
    const first = await start();
    const client = connect(first.endpoints.dynamodb);
    expect(await ids(first)).toEqual(['seed-1 First', 'seed-2 Second']);
    await client.send(new PutCommand({ TableName: 'alpha-dev', Item: { id: 'mine', title: 'Mine' } }));
    await client.send(new PutCommand({ TableName: 'alpha-dev', Item: { id: 'seed-1', title: 'Changed' } }));
    await client.send(new DeleteCommand({ TableName: 'alpha-dev', Key: { id: 'seed-2' } }));
    await expect(start()).rejects.toThrow('already uses the data in');
    await first.stop();

    const second = await start();
    const restarted = await ids(second);
    await second.stop();
    const third = await start('--fresh');
    const fresh = await ids(third);
    await third.stop();

    expect(restarted).toEqual(['mine Mine', 'seed-1 Changed']);
    expect(fresh).toEqual(['seed-1 First', 'seed-2 Second']);
  });

  it('is seeded by the next start when a seed could not be read', async () => {
    const seeds = await readFile(join(own.workspace.root, 'services/alpha/seed/alpha.json'), 'utf8');
    await edit('seed/alpha.json', () => '[{ "id": ');
    await expect(start()).rejects.toThrow(/alpha could not be started[^]*seed\/alpha\.json/);

    await edit('seed/alpha.json', () => seeds);
    const cloud = await start();

    expect(await ids(cloud)).toEqual(['seed-1 First', 'seed-2 Second']);
    await cloud.stop();
  });
});

describe('a cloud that cannot start', () => {
  it('names a taken port, what it is for, and how to see who holds it, and starts nothing', async () => {
    const base = await freeBase();
    const holder = createServer();
    await once(holder.listen(base + 1, host), 'listening');

    const { child, output } = type('--port-base', String(base));
    await once(child, 'close');
    holder.close();

    expect(output()).toContain(`Port ${base + 1}, which is for alpha, is taken`);
    expect(output()).toContain(`lsof -i :${base + 1}`);
    expect(output()).not.toMatch(/^\s+at /m);
    expect(await processesMentioning(own.workspace.data)).toEqual([]);
  });

  it.each<[what: string, file: string, change: (text: string) => string, said: RegExp]>([
    [
      'configuration',
      'serverless.yml',
      (text) => text.replace('stage: dev', 'stage: ${self:custom.nonsense}'),
      /alpha could not be started\.[^]*provider\.stage/,
    ],
    ['handler', 'src/hello.ts', () => 'export const handler = (', /could not be built\.[^]*alpha\/src\/hello\.ts:1/],
  ])(
    'names what is broken: %s',
    async (_, file, change, said) => {
      await edit(file, change);

      await expect(start()).rejects.toThrow(said);
      expect(await eventually(async () => (await processesMentioning(own.workspace.data)).length === 0)).toBe(true);
    },
    20_000,
  );
});

describe('a cloud that ends', () => {
  const isReady = (output: () => string) => eventually(() => output().includes('is ready'), 60_000);
  const isGone = () => eventually(async () => (await processesMentioning(own.workspace.data)).length === 0);

  it('leaves nothing behind on Ctrl-C, which goes to all processes at once, and prints no stack', async () => {
    const { child, output } = type('--port-base', String(await freeBase()));
    expect(await isReady(output)).toBe(true);

    process.kill(-(child.pid ?? 0), 'SIGINT');

    expect(await isGone()).toBe(true);
    expect(output()).not.toMatch(/^\s+at |error/im);
  });

  it('leaves nothing behind when the parent of its command is killed', async () => {
    const { child, output } = type('--port-base', String(await freeBase()));
    expect(await isReady(output)).toBe(true);

    child.kill('SIGKILL');

    expect(await isGone()).toBe(true);
  });

  it('leaves nothing behind when it is killed itself', async () => {
    const cloud = await start();

    process.kill(cloud.pid, 'SIGKILL');

    expect(await isGone()).toBe(true);
  });

  it('says so and stops when the engine dies', async () => {
    const cloud = await start();
    const engines = await processesMentioning(`db-path ${own.workspace.data}`);
    const engine = engines.find(({ command }) => !command.startsWith('sh '));

    process.kill(engine?.pid ?? Number.NaN, 'SIGKILL');

    expect(await isGone()).toBe(true);
    expect(cloud.output()).toMatch(/DynamoDB \(dynoxide [\d.]+\) has died/);
  });
});
