import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freeBase } from '@app/test-support/freeBase';
import { eventually } from '@app/test-support/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { host } from '../../src/process/portCheck.ts';
import { connectQueues } from './support/queues.ts';
import { killServerless, startServerless } from './support/serverless.ts';
import { openSocket } from './support/socket.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;

beforeEach(async () => {
  workspace = await createWorkspace('queues');
});
afterEach(async () => {
  killServerless();
  await workspace.remove();
});

describe('a service with queues alone', () => {
  it('has an engine of its own though another’s has the port, its consumers and its WebSocket', async () => {
    const base = await freeBase();
    const another = createServer();
    await once(another.listen(base + 6324, host), 'listening');

    const { output } = startServerless(join(workspace.root, 'services/gamma'), {
      portBase: base,
      data: workspace.data,
    });
    expect(await eventually(() => output().includes('is ready'), 60_000)).toBe(true);
    const [, sqs = ''] = /"sqs":\{"endpoint":"([^"]+)/.exec(output()) ?? [];
    const queues = connectQueues({ endpoints: { sqs }, output });
    await queues.send('gamma-whole-dev', { name: 'alone' });
    const socket = await openSocket(`ws://${host}:${base + 11}/?requestId=1`);
    socket.send('{"action":"unheard"}');

    expect(await eventually(() => queues.done('alone').length === 1)).toBe(true);
    expect(await socket.hears(1)).toBe(true);
    expect(socket.heard).toEqual([{ routeKey: '$default', body: '{"action":"unheard"}' }]);
    await socket.close();
    queues.client.destroy();
    another.close();
  });
});
