import { once } from 'node:events';
import { join } from 'node:path';
import { freeBase } from '@app/test-support/freeBase';
import { eventually } from '@app/test-support/time';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { host } from '../../src/process/portCheck.ts';
import { connect } from './support/connect.ts';
import { processesMentioning } from './support/processes.ts';
import { killServerless, startServerless } from './support/serverless.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud | undefined;

/** `serverless …` in alpha's folder. */
const serverless = (portBase: number, ...args: string[]) =>
  startServerless(join(workspace.root, 'services/alpha'), { portBase, data: workspace.data, args });

const answers = (url: string) =>
  eventually(async () => (await fetch(url).catch(() => undefined))?.status === 200, 60_000);

beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(async () => {
  killServerless();
  await cloud?.stop();
  cloud = undefined;
  await workspace.remove();
});

describe('a service alone', () => {
  it.each([['offline'], ['offline start']])(
    'by serverless %s has its engine, table, seeds and CORS, and takes the engine along when killed',
    async (command) => {
      const base = await freeBase();
      const alone = serverless(base, ...command.split(' '));
      expect(await answers(`http://${host}:${base + 1}/alpha/hello`)).toBe(true);

      const { Items = [] } = await connect(`http://${host}:${base + 5000}`).send(
        new ScanCommand({ TableName: 'alpha-dev' }),
      );
      const other = await fetch(`http://${host}:${base + 1}/alpha/hello`, {
        headers: { origin: 'http://other.example' },
      });
      alone.child.kill('SIGKILL');

      expect(new Set(Items.map(({ id }) => id))).toEqual(new Set(['seed-1', 'seed-2']));
      expect(other.headers.get('access-control-allow-origin')).toBeNull();
      expect(await eventually(async () => (await processesMentioning(workspace.data)).length === 0)).toBe(true);
    },
    120_000,
  );

  it('uses the engine of the local cloud that is up, and refuses the port of its own service there', async () => {
    const base = await freeBase();
    cloud = await startLocalCloud({
      portBase: base,
      dataDir: workspace.data,
      env: { AWS_ENDPOINT_URL_DYNAMODB: '' },
      args: ['--root', workspace.root],
    });
    const refused = serverless(base, 'offline');
    const [code] = await once(refused.child, 'close');

    const elsewhere = serverless(base, 'offline', '--httpPort', String(base + 80), '--lambdaPort', String(base + 81));
    expect(await answers(`http://${host}:${base + 80}/alpha/hello`)).toBe(true);

    expect(code).toBe(1);
    expect(refused.output()).toContain(`Port ${base + 1}, which is for alpha, is taken`);
    expect(refused.output()).not.toMatch(/^\s+at /m);
    expect(elsewhere.output()).toContain('of the local cloud that is running');
  });
});
