import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { startLocalCloud } from '@app/local-cloud';
import { startFaultProxy } from '@app/test-support';
import { measureManyCommands } from './commands.ts';
import { warmEveryFunction } from './latency.ts';
import { megabytesOf } from './processTree.ts';
import type { Figure } from './report.ts';

const minute = 60_000;
const factor = 1.3;
const waiting = 60;

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** Calls what no HTTP route calls: workers, sockets, and the consumers of a bucket and a stream. */
const warmWorkers = async (gateway: string) => {
  const { itemId } = (await (await post(`${gateway}/items`, { name: 'One' }, { prefer: 'wait=20' })).json()) as {
    itemId: string;
  };
  await fetch(`${gateway}/items/${itemId}`, { headers: { prefer: 'wait=20' } });
  const socket = new WebSocket(`${gateway.replace('http', 'ws')}/ws`);
  await once(socket, 'open');
  for (const action of ['ping', 'subscribe', 'unsubscribe', 'other'])
    socket.send(JSON.stringify({ action, requestId: itemId }));
  await wait(1000);
  socket.close();
  const input = { fileName: 'a.txt', contentType: 'text/plain', size: 1 };
  const { asset, upload } = (await (await post(`${gateway}/assets`, input)).json()) as {
    asset: { assetId: string };
    upload: { url: string };
  };
  await fetch(upload.url, { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'a' });
  await fetch(`${gateway}/assets/${asset.assetId}`, { method: 'DELETE' });
  await wait(2000);
};

/** Callers who wait for an item's commands while its writer is held up. */
const waitInVain = async (gateway: string, proxy: Awaited<ReturnType<typeof startFaultProxy>>) => {
  const hold = proxy.add({ kind: 'error', operations: ['TransactWriteItems'] });
  const path = `${gateway}/items/${crypto.randomUUID()}`;
  const asked = Array.from({ length: waiting }, () =>
    fetch(path, { method: 'DELETE', headers: { prefer: 'wait=20' } }),
  );
  await Promise.all(asked);
  hold.remove();
};

/** Megabytes (PSS) a minute after two kinds of load, against those after each function was called once. */
export const measureMemoryAfterLoad = async (): Promise<Figure[]> => {
  const proxy = await startFaultProxy();
  const cloud = await startLocalCloud({ functionEnvironment: { AWS_ENDPOINT_URL_DYNAMODB: proxy.url } });
  proxy.pointAt(cloud.endpoints.dynamodb);
  const gateway = String(cloud.urls.gateway);
  try {
    await warmEveryFunction(gateway);
    await warmWorkers(gateway);
    await wait(minute / 2);
    const before = await megabytesOf(cloud.pid);
    await measureManyCommands(gateway);
    await wait(minute);
    const afterCommands = await megabytesOf(cloud.pid);
    await waitInVain(gateway, proxy);
    await wait(minute);
    const afterWaiting = await megabytesOf(cloud.pid);
    const atMost = before * factor;
    return [
      { name: 'each function called once', value: before, unit: 'MB', digits: 0 },
      { name: 'after 2,000 commands', value: afterCommands, unit: 'MB', atMost, digits: 0 },
      { name: `after ${waiting} callers who waited in vain`, value: afterWaiting, unit: 'MB', atMost, digits: 0 },
    ];
  } finally {
    await cloud.stop();
    await proxy.stop();
  }
};
