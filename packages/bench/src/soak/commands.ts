import { setTimeout as delay } from 'node:timers/promises';
import { type Client, newKey } from './client.ts';
import type { Counts, Findings } from './findings.ts';

interface Item {
  readonly itemId: string;
  readonly requestIds: string[];
  /** Quantities in the order in which they were accepted. */
  readonly quantities: number[];
}

const longestCompletion = 120_000; // milliseconds

/** Hears of requests over a WebSocket, as long as that holds. */
const listen = (origin: string, counts: Counts) => {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`);
  socket.addEventListener('error', () => {});
  socket.addEventListener('message', () => {
    counts.notifications += 1;
  });
  const subscribe = (requestId: string) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ action: 'subscribe', requestId }));
  };
  return { subscribe, close: () => socket.close() };
};

/**
 * Sends commands for one item after another, each until it is accepted. Resolves to the judge: every one must have
 * succeeded, once, in the order in which they were accepted.
 */
export const workOnCommands = async (
  origin: string,
  client: Client,
  { isOver, findings, counts }: { isOver: () => boolean; findings: Findings; counts: Counts },
) => {
  const items: Item[] = [];

  const send = async (method: string, path: string, body: object) => {
    const answer = await client.until({ method, path, body, headers: newKey() });
    if (!answer) return undefined;
    if (answer.status === 202) counts.commands += 1;
    else findings.wrong.push(`${method} ${path} is a ${answer.status}`);
    return answer.status === 202 ? (answer.body as { requestId: string; itemId: string }) : undefined;
  };

  while (!isOver()) {
    const socket = listen(origin, counts);
    const created = await send('POST', '/items', { name: 'Soak', quantity: 0 });
    if (created) {
      const item: Item = { itemId: created.itemId, requestIds: [created.requestId], quantities: [0] };
      items.push(item);
      for (let quantity = 1; quantity <= 5 && !isOver(); quantity += 1) {
        const changed = await send('PUT', `/items/${item.itemId}`, { quantity });
        if (!changed) {
          items.splice(items.indexOf(item), 1); // the end came before an answer: nothing is known
          break;
        }
        socket.subscribe(changed.requestId);
        item.requestIds.push(changed.requestId);
        item.quantities.push(quantity);
      }
    }
    await delay(100);
    socket.close();
  }

  const completed = async (reader: Client, requestId: string) => {
    const until = Date.now() + longestCompletion;
    for (;;) {
      const status = (await reader.until({ method: 'GET', path: `/requests/${requestId}` }))?.body['status'];
      if (status !== 'accepted' || Date.now() > until) return status;
      await delay(250);
    }
  };
  const judge = async (reader: Client, { itemId, requestIds, quantities }: Item) => {
    for (const requestId of requestIds) {
      const status = await completed(reader, requestId);
      if (status !== 'success') findings.lost.push(`/requests/${requestId} is ${String(status)}`);
    }
    const headers = { prefer: 'wait=20' };
    const item = await reader.until({ method: 'GET', path: `/items/${itemId}`, headers });
    const { version, quantity } = item?.body ?? {};
    if (Number(version) < quantities.length) findings.lost.push(`/items/${itemId} is at version ${String(version)}`);
    if (Number(version) > quantities.length) findings.doubled.push(`/items/${itemId} is at version ${String(version)}`);
    if (quantity !== quantities.at(-1)) findings.wrong.push(`/items/${itemId} has the quantity ${String(quantity)}`);
  };
  return async (reader: Client) => {
    for (const item of items) await judge(reader, item);
    return items.length;
  };
};
