import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { host } from '../../src/portCheck.ts';
import { eventually } from './support/eventually.ts';
import { freeBase } from './support/freeBase.ts';
import { connectQueues } from './support/queues.ts';
import { openSocket } from './support/socket.ts';
import { createWorkspace } from './support/workspace.ts';

const repository = resolve(import.meta.dirname, '../../../..');
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let child: ChildProcess | undefined;

/** `serverless offline` in gamma's folder. */
const startAlone = (portBase: number) => {
  const { NODE_OPTIONS: _ofTests, ...inherited } = process.env;
  child = spawn(process.execPath, [join(repository, 'node_modules/serverless/bin/serverless.js'), 'offline'], {
    cwd: join(workspace.root, 'services/gamma'),
    env: {
      ...inherited,
      AWS_ENDPOINT_URL_DYNAMODB: '',
      AWS_ENDPOINT_URL_SQS: '',
      LOCAL_PORT_BASE: String(portBase),
      LOCAL_DATA: workspace.data,
      NODE_COMPILE_CACHE: join(repository, 'node_modules/.cache/compile'),
    },
    stdio: 'pipe',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { output: () => output };
};

beforeEach(async () => {
  workspace = await createWorkspace('queues');
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await workspace.remove();
});

describe('a service with queues alone', () => {
  it('has an engine of its own though another’s has the port, its consumers and its WebSocket', async () => {
    const base = await freeBase();
    const another = createServer();
    await once(another.listen(base + 6324, host), 'listening');

    const { output } = startAlone(base);
    expect(await eventually(() => output().includes('Server ready'), 15_000)).toBe(true);
    const [, sqs = ''] = /^SQS: (\S+),/m.exec(output()) ?? [];
    const queues = connectQueues({ endpoints: { sqs }, output });
    await queues.send('gamma-whole-dev', { name: 'alone' });
    const socket = await openSocket(`ws://${host}:${base + 16}/?requestId=1`);
    socket.send('{"action":"unheard"}');

    expect(await eventually(() => queues.done('alone').length === 1)).toBe(true);
    expect(await socket.hears(1)).toBe(true);
    expect(socket.heard).toEqual([{ routeKey: '$default', body: '{"action":"unheard"}' }]);
    await socket.close();
    queues.client.destroy();
    another.close();
  }, 30_000);
});
