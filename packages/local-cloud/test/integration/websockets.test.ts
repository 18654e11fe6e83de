import { eventually } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { saidIn } from './support/said.ts';
import { openSocket } from './support/socket.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;

const url = (path: string) => `${cloud.urls['gateway']?.replace('http', 'ws')}${path}`;
const connections = () =>
  saidIn(cloud.output())
    .filter((line) => line.startsWith('connected '))
    .map(
      (line) => JSON.parse(line.slice('connected '.length)) as { connectionId: string; queryStringParameters?: object },
    );

beforeAll(async () => {
  workspace = await createWorkspace('queues');
  cloud = await startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_SQS: '' },
    args: ['--root', workspace.root],
  });
});

afterAll(async () => {
  await cloud?.stop();
  await workspace?.remove();
});

describe('a WebSocket through the gateway', () => {
  it('reaches its API with its query, and hears what functions post to it', async () => {
    const socket = await openSocket(url('/ws?requestId=one&more=%C3%A9'));

    socket.send('{"action":"echo","text":"é"}');

    expect(await socket.hears(1)).toBe(true);
    expect(connections().at(-1)?.queryStringParameters).toEqual({ requestId: 'one', more: 'é' });
    expect(socket.heard).toEqual([{ routeKey: 'echo', body: '{"action":"echo","text":"é"}' }]);
    await socket.close();
  });

  it.each(['{"action":"unheard"}', '{"text":"none"}', 'no JSON', '{"action":7}'])(
    'has %s answered by the function of $default, which is called by that name',
    async (message) => {
      const socket = await openSocket(url('/ws'));

      socket.send(message);

      expect(await socket.hears(1)).toBe(true);
      expect(socket.heard).toEqual([{ routeKey: '$default', body: message }]);
      await socket.close();
    },
  );

  it('that its $connect function refuses is not opened, nor one on another path', async () => {
    await expect(openSocket(url('/ws?refuse=yes'))).rejects.toThrow('refused');
    await expect(openSocket(url('/wss'))).rejects.toThrow('refused');
  });

  it('that has closed is gone for whoever posts to it', async () => {
    const socket = await openSocket(url('/ws'));
    const post = async () => {
      const sockets = (
        (await (await fetch(`${cloud.urls['gateway']}/gamma/environment`)).json()) as { SOCKETS: string }
      ).SOCKETS;
      return fetch(`${sockets}/@connections/${connections().at(-1)?.connectionId}`, { method: 'POST', body: '{}' });
    };
    const open = await post();

    await socket.close();

    expect(open.ok).toBe(true);
    expect(await eventually(async () => (await post()).status === 410)).toBe(true);
  });
});
