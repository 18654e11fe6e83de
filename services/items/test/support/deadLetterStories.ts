import { setTimeout as delay } from 'node:timers/promises';
import { requestOf } from '../../src/requestIdentity.ts';
import { backstage as backstageOf } from './backstage.ts';
import { itemsClient } from './client.ts';
import { startItemsCloud } from './ownCloud.ts';
import { openSocket } from './socket.ts';

/** What the stories are told with: a cloud of their own, at its front and behind it. */
const aStage = async () => {
  const cloud = await startItemsCloud();
  return { cloud, items: itemsClient(cloud.gateway), backstage: backstageOf(cloud.endpoints) };
};

type Stage = Awaited<ReturnType<typeof aStage>>;

const anItem = async ({ items }: Stage) => {
  const { body } = await items.create({ name: 'Bolt', quantity: 0 }, items.waiting);
  return String(body.itemId);
};

const aPoisonCommandBeforeThreeGoodOnes = async (stage: Stage) => {
  const { cloud, items, backstage } = stage;
  const [itemId, neighbour] = [await anItem(stage), await anItem(stage)];
  const poison = await backstage.poison(itemId);
  const listener = await openSocket(cloud.gateway, `?requestId=${poison}`);
  const good: unknown[] = [];
  for (let quantity = 1; quantity <= 3; quantity++)
    good.push((await items.update(itemId, { quantity })).body.requestId);
  const beside = await items.update(neighbour, { quantity: 1 }, items.waiting);
  const results = await Promise.all(good.map((id) => items.completed(id, 30)));
  const told = await listener.notified(poison, 30_000);
  listener.close();
  const letter = await backstage.deadLetter('writesDeadLetters', poison);
  return { poison, good, beside, results, told, letter, request: (await items.request(poison)).body };
};

const aMessageThatNobodyCanRead = async (stage: Stage) => {
  const { items, backstage } = stage;
  const itemId = await anItem(stage);
  const startedAt = performance.now();
  await backstage.message('writes', `nonsense before ${itemId}`, { group: itemId });
  const behind = await items.update(itemId, { quantity: 1 }, items.waiting);
  const milliseconds = performance.now() - startedAt;
  return { behind, milliseconds, letter: await backstage.deadLetter('writesDeadLetters', itemId) };
};

const aBatchOfReadsWithAPoisonMessage = async (stage: Stage) => {
  const { items, backstage } = stage;
  const itemId = await anItem(stage);
  await backstage.message('reads', `nonsense among reads of ${itemId}`);
  const reads = await Promise.all(Array.from({ length: 9 }, () => items.get(itemId)));
  return { reads, letter: await backstage.deadLetter('readsDeadLetters', itemId) };
};

/** A command that is given up, and redriven once its cause is removed. */
const aRedrive = async (stage: Stage) => {
  const { cloud, items, backstage } = stage;
  const itemId = await anItem(stage);
  await backstage.setVersion(itemId, undefined);
  const requestId = String((await items.update(itemId, { quantity: 7 })).body.requestId);
  const listener = await openSocket(cloud.gateway, `?requestId=${requestId}`);
  const given = await listener.notified(requestId, 30_000);
  const before = (await items.request(requestId)).body;
  const letter = await backstage.deadLetter('writesDeadLetters', requestId);
  await backstage.setVersion(itemId, 1);
  await backstage.redrive(letter);
  const redriven = await listener.until(({ status }) => status === 'success', 10_000);
  listener.close();
  return { requestId, given, before, redriven, item: (await items.get(itemId)).body };
};

/** A message that goes to the dead letters without its request being closed: it does not say whose it is. */
const aRequestThatNobodyCloses = async (stage: Stage) => {
  const { cloud, items, backstage } = stage;
  const { requestId, itemId } = { requestId: crypto.randomUUID(), itemId: crypto.randomUUID() };
  await backstage.requests.accept({ requestId, ownerId: 'public', operation: 'create', itemId, digest: '' });
  await backstage.message('writes', 'nonsense', { group: itemId, requestId });
  const listener = await openSocket(cloud.gateway, `?requestId=${requestId}`);
  await delay(1500);
  const young = (await items.request(requestId)).body;
  await backstage.age(requestId, 16);
  const told = await listener.notified(requestId, 10_000);
  listener.close();
  return { young, told, request: (await items.request(requestId)).body };
};

/** Two messages that name an open request and are not its command, before the one that is. */
const aForgery = async (stage: Stage) => {
  const { items, backstage } = stage;
  const itemId = await anItem(stage);
  const requestId = crypto.randomUUID();
  const own = { operation: 'update', requestId, owner: 'public', itemId, changes: { quantity: 1 } } as const;
  await backstage.requests.accept(requestOf(own));
  const forged = { ...own, changes: { quantity: 666 } };
  await backstage.message('writes', JSON.stringify(forged), { group: itemId, requestId });
  await backstage.message('reads', JSON.stringify({ ...own, operation: 'get' }), { requestId });
  const letters = await Promise.all([
    backstage.deadLetter('writesDeadLetters', requestId),
    backstage.deadLetter('readsDeadLetters', requestId),
  ]);
  const before = { request: (await items.request(requestId)).body, item: (await items.get(itemId)).body };
  await backstage.again(own);
  return { letters, before, completed: await items.completed(requestId) };
};

/** A command that was never queued, was closed by the sweep, and is sent again under its key. */
const aRetryAfterTheSweep = async (stage: Stage) => {
  const { cloud, items, backstage } = stage;
  const key = { 'idempotency-key': crypto.randomUUID() };
  await cloud.faults.sqs.refuse();
  const refused = await items.create({ name: 'Bolt' }, key);
  await cloud.faults.sqs.accept();
  const requestId = await cloud.commandOf(refused);
  await backstage.age(requestId, 16);
  const swept = await items.completed(requestId);
  const retried = await items.create({ name: 'Bolt' }, { ...key, ...items.waiting });
  return { refused, swept, retried, again: await items.create({ name: 'Bolt' }, { ...key, ...items.waiting }) };
};

const receivesIn =
  ({ cloud }: Stage) =>
  (requestId: unknown) =>
    cloud.linesOf(requestId).flatMap((line) => (line.worker === 'writer' ? [[line.receiveCount, line.outcome]] : []));

/**
 * A dead letter takes 15 s (1, 2, 4 and 8). So the stories of dead letters are told all at once, each about items of its
 * own; the tests look at what has become of them.
 */
export const tellStories = async () => {
  const stage = await aStage();
  try {
    const retry = await aRetryAfterTheSweep(stage); // it cuts everybody off from the queues for a moment
    const [poison, garbage, reads, redrive, sweep, forgery] = await Promise.all([
      aPoisonCommandBeforeThreeGoodOnes(stage),
      aMessageThatNobodyCanRead(stage),
      aBatchOfReadsWithAPoisonMessage(stage),
      aRedrive(stage),
      aRequestThatNobodyCloses(stage),
      aForgery(stage),
    ]);
    return { retry, poison, garbage, reads, redrive, sweep, forgery, receivesOf: receivesIn(stage) };
  } finally {
    await stage.cloud.stop();
  }
};
