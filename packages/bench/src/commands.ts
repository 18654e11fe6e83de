import { setTimeout as wait } from 'node:timers/promises';
import { openSockets, type Sockets } from './commandSockets.ts';
import type { Figure } from './report.ts';
import { quantile } from './statistics.ts';

interface Command {
  readonly item: number;
  readonly requestId: string;
  readonly acceptedAt: number;
}

const send = async (url: string, method: string, body: unknown, headers: Record<string, string> = {}) => {
  const options = { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
  const response = await fetch(url, options);
  if (response.status >= 300) throw new Error(`${method} ${url} answered ${response.status}`);
  return (await response.json()) as { requestId: string; itemId: string };
};

const createItems = (gateway: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const created = await send(`${gateway}/items`, 'POST', { name: `Item ${index}` }, { prefer: 'wait=20' });
      return created.itemId;
    }),
  );

/** Changes an item's quantity; the request is subscribed to as soon as it is accepted. */
const command = async (
  gateway: string,
  itemIds: readonly string[],
  index: number,
  sockets: Sockets,
): Promise<Command> => {
  const item = index % itemIds.length;
  const { requestId } = await send(`${gateway}/items/${itemIds[item]}`, 'PUT', { quantity: index });
  const acceptedAt = performance.now();
  sockets.subscribe(requestId, index);
  return { item, requestId, acceptedAt };
};

const untilAllHeard = async (sockets: Sockets, commands: readonly Command[], seconds: number) => {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end && !commands.every(({ requestId }) => sockets.heard.has(requestId))) await wait(50);
};

/** Milliseconds from accepted to notified, at so many commands a second. */
export const measurePacedCommands = async (gateway: string, perSecond: number, seconds: number): Promise<Figure[]> => {
  const sockets = await openSockets(gateway, 5);
  const itemIds = await createItems(gateway, 20);
  const warmUp = await Promise.all(Array.from({ length: 20 }, (_, index) => command(gateway, itemIds, index, sockets)));
  await untilAllHeard(sockets, warmUp, 20);
  const commands: Promise<Command>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    commands.push(command(gateway, itemIds, index, sockets));
    await wait(1000 / perSecond);
  }
  const sent = await Promise.all(commands);
  await untilAllHeard(sockets, sent, 20);
  sockets.close();
  const times = sent.map(({ requestId, acceptedAt }) => (sockets.heard.get(requestId)?.at ?? Infinity) - acceptedAt);
  const name = `${perSecond} commands/s, accepted to notified`;
  return [
    { name: `${name}, median`, value: quantile(times, 0.5), unit: 'ms', atMost: 60 },
    { name: `${name}, 99th percentile`, value: quantile(times, 0.99), unit: 'ms', atMost: 400 },
  ];
};

/** Whether an item's versions went up one by one in the order in which its commands were accepted. */
const keptOrder = (sockets: Sockets, commands: readonly Command[]) => {
  const versions = commands.map(({ requestId }) => sockets.heard.get(requestId)?.notification.result?.version ?? 0);
  return versions.every((version, index) => version === index + 2); // the create was version 1
};

/** Many commands at once: each item's one after the other, as a client that waits to be accepted sends them. */
export const measureManyCommands = async (gateway: string): Promise<Figure[]> => {
  const [items, perItem] = [200, 10];
  const sockets = await openSockets(gateway, 50);
  const itemIds: string[] = [];
  for (let done = 0; done < items; done += 20) itemIds.push(...(await createItems(gateway, 20)));

  const startedAt = performance.now();
  const lanes = Array.from({ length: 20 }, async (_, lane) => {
    const commands: Command[] = [];
    for (let round = 0; round < perItem; round++) {
      for (let item = lane; item < items; item += 20)
        commands.push(await command(gateway, itemIds, round * items + item, sockets));
    }
    return commands;
  });
  const commands = (await Promise.all(lanes)).flat();
  const acceptedIn = (performance.now() - startedAt) / 1000;
  await untilAllHeard(sockets, commands, 180);
  const completedIn = (performance.now() - startedAt) / 1000;
  sockets.close();

  const heard = commands.filter(({ requestId }) => sockets.heard.has(requestId));
  const ordered = itemIds.filter((_, item) =>
    keptOrder(
      sockets,
      commands.filter((each) => each.item === item),
    ),
  );
  return [
    {
      name: `${commands.length} commands, 50 sockets: accepted`,
      value: commands.length / acceptedIn,
      unit: '/s',
      digits: 0,
    },
    { name: 'completed and notified', value: heard.length / completedIn, unit: '/s', digits: 0 },
    { name: 'not notified', value: commands.length - heard.length, unit: '', atMost: 0, digits: 0 },
    {
      name: 'items whose commands lost their order, or ran twice',
      value: items - ordered.length,
      unit: '',
      atMost: 0,
      digits: 0,
    },
  ];
};
