import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { connect } from './support/connect.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud | undefined;

const start = async (...args: string[]): Promise<LocalCloud> => {
  cloud = await startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '' },
    args: ['--root', workspace.root, ...args],
  });
  return cloud;
};

const portOf = (url: string | undefined, gateway: string | undefined) =>
  Number(new URL(url ?? '').port) - Number(new URL(gateway ?? '').port);

beforeAll(async () => {
  workspace = await createWorkspace();
});
afterEach(async () => {
  await cloud?.stop();
  cloud = undefined;
});
afterAll(() => workspace.remove());

describe('npm start -- --only', () => {
  it('runs the services that it names, on the ports that they always have', async () => {
    const whole = await start();
    const always = portOf(whole.urls['beta'], whole.urls['gateway']);
    await connect(whole.endpoints.dynamodb).send(
      new PutCommand({ TableName: 'alpha-dev', Item: { id: 'mine', title: 'Mine' } }),
    );
    await whole.stop();

    const { urls } = await start('--only', 'beta');
    const known = await fetch(`${urls['gateway']}/beta/echo`);
    const left = await fetch(`${urls['gateway']}/alpha/hello`);

    expect(Object.keys(urls).toSorted()).toEqual(['beta', 'gateway']);
    expect(portOf(urls['beta'], urls['gateway'])).toBe(always);
    expect(known.status).toBe(200);
    expect(left.status).toBe(404);
  });

  it('keeps the data of the services that it leaves out', async () => {
    const { endpoints } = await start('--only', 'alpha,beta');

    const { Items = [] } = await connect(endpoints.dynamodb).send(new ScanCommand({ TableName: 'alpha-dev' }));

    expect(Items.map(({ id }) => id as string)).toContain('mine');
  });

  it.each(['gamma', 'alpha,gamma', 'ALPHA', ''])(
    'refuses names that are not there, with those that are: %j',
    async (names) => {
      await expect(start('--only', names)).rejects.toThrow(/There is no service .*: alpha, beta\./);
    },
  );
});
