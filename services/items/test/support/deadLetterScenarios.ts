import { letPass } from '@app/test-support/time';
import { requestOf } from '../../src/requests/requestIdentity.ts';
import { itemsClient } from './client.ts';
import { directAccessTo } from './directAccess.ts';
import { startItemsCloud } from './ownCloud.ts';
import { openSocket } from './socket.ts';

/** What the scenarios run on: a cloud of their own, through its API and past it. */
const startScenarios = async () => {
  const cloud = await startItemsCloud();
  return { cloud, items: itemsClient(cloud.gateway), direct: directAccessTo(cloud.endpoints) };
};

type Scenario = Awaited<ReturnType<typeof startScenarios>>;

const anItem = async ({ items }: Scenario) => {
  const { body } = await items.create({ name: 'Bolt', quantity: 0 }, items.waiting);
  return String(body.itemId);
};

const aPoisonCommandBeforeThreeGoodOnes = async (scenario: Scenario) => {
  const { cloud, items, direct } = scenario;
  const [itemId, neighbour] = [await anItem(scenario), await anItem(scenario)];
  const poison = await direct.poison(itemId);
  const listener = await openSocket(cloud.gateway, `?requestId=${poison}`);
  const good: unknown[] = [];
  for (let quantity = 1; quantity <= 3; quantity++)
    good.push((await items.update(itemId, { quantity })).body.requestId);
  const beside = await items.update(neighbour, { quantity: 1 }, items.waiting);
  const results = await Promise.all(good.map((id) => items.completed(id, 30)));
  const told = await listener.notified(poison, 30_000);
  listener.close();
  const letter = await direct.deadLetter('writesDeadLetters', poison);
  return { poison, good, beside, results, told, letter, request: (await items.request(poison)).body };
};

const aMessageThatNobodyCanRead = async (scenario: Scenario) => {
  const { items, direct } = scenario;
  const itemId = await anItem(scenario);
  const startedAt = performance.now();
  await direct.message('writes', `nonsense before ${itemId}`, { group: itemId });
  const behind = await items.update(itemId, { quantity: 1 }, items.waiting);
  const milliseconds = performance.now() - startedAt;
  return { behind, milliseconds, letter: await direct.deadLetter('writesDeadLetters', itemId) };
};

const aBatchOfReadsWithAPoisonMessage = async (scenario: Scenario) => {
  const { items, direct } = scenario;
  const itemId = await anItem(scenario);
  await direct.message('reads', `nonsense among reads of ${itemId}`);
  const reads = await Promise.all(Array.from({ length: 9 }, () => items.get(itemId)));
  return { reads, letter: await direct.deadLetter('readsDeadLetters', itemId) };
};

/** A command that is given up, and redriven once its cause is removed. */
const aRedrive = async (scenario: Scenario) => {
  const { cloud, items, direct } = scenario;
  const itemId = await anItem(scenario);
  await direct.setVersion(itemId, undefined);
  const requestId = String((await items.update(itemId, { quantity: 7 })).body.requestId);
  const listener = await openSocket(cloud.gateway, `?requestId=${requestId}`);
  const given = await listener.notified(requestId, 30_000);
  const before = (await items.request(requestId)).body;
  const letter = await direct.deadLetter('writesDeadLetters', requestId);
  await direct.setVersion(itemId, 1);
  await direct.redrive(letter);
  const redriven = await listener.until(({ status }) => status === 'success', 10_000);
  listener.close();
  return { requestId, given, before, redriven, item: (await items.get(itemId)).body };
};

/** A message that goes to the dead letters without its request being closed: it does not say whose it is. */
const aRequestThatNobodyCloses = async (scenario: Scenario) => {
  const { cloud, items, direct } = scenario;
  const { requestId, itemId } = { requestId: crypto.randomUUID(), itemId: crypto.randomUUID() };
  await direct.requests.accept({ requestId, ownerId: 'public', operation: 'create', itemId, digest: '' });
  await direct.message('writes', 'nonsense', { group: itemId, requestId });
  const listener = await openSocket(cloud.gateway, `?requestId=${requestId}`);
  await letPass(1500, 'sweeps come by: the request is too young for them');
  const young = (await items.request(requestId)).body;
  await direct.age(requestId, 16);
  const told = await listener.notified(requestId, 10_000);
  listener.close();
  return { young, told, request: (await items.request(requestId)).body };
};

/** Two messages that name an open request and are not its command, before the one that is. */
const aForgery = async (scenario: Scenario) => {
  const { items, direct } = scenario;
  const itemId = await anItem(scenario);
  const requestId = crypto.randomUUID();
  const asked = { requestId, owner: 'public', itemId };
  const own = { operation: 'update', ...asked, changes: { quantity: 1 } } as const;
  await direct.requests.accept(requestOf(own));
  const forged = { ...own, changes: { quantity: 666 } };
  await direct.message('writes', JSON.stringify(forged), { group: itemId, requestId });
  await direct.message('reads', JSON.stringify({ operation: 'get', ...asked }), { requestId });
  const letters = await Promise.all([
    direct.deadLetter('writesDeadLetters', requestId),
    direct.deadLetter('readsDeadLetters', requestId),
  ]);
  const before = { request: (await items.request(requestId)).body, item: (await items.get(itemId)).body };
  await direct.again(own);
  return { letters, before, completed: await items.completed(requestId) };
};

/** A command that was never queued, was closed by the sweep, and is sent again under its key. */
const aRetryAfterTheSweep = async (scenario: Scenario) => {
  const { cloud, items, direct } = scenario;
  const key = { 'idempotency-key': crypto.randomUUID() };
  const cut = await cloud.faults.add({ effect: 'cut', service: 'sqs' });
  const refused = await items.create({ name: 'Bolt' }, key);
  await cut.remove();
  const requestId = await cloud.commandOf(refused);
  await direct.age(requestId, 16);
  const swept = await items.completed(requestId);
  const retried = await items.create({ name: 'Bolt' }, { ...key, ...items.waiting });
  return { refused, swept, retried, again: await items.create({ name: 'Bolt' }, { ...key, ...items.waiting }) };
};

const receivesIn =
  ({ cloud }: Scenario) =>
  (requestId: unknown) =>
    cloud.linesOf(requestId).flatMap((line) => (line.worker === 'writer' ? [[line.receiveCount, line.outcome]] : []));

/**
 * A dead letter takes 15 s (1, 2, 4 and 8). So the scenarios of dead letters run all at once, each with items of its
 * own; the tests look at what has become of them.
 */
export const runScenarios = async () => {
  const scenario = await startScenarios();
  try {
    const retry = await aRetryAfterTheSweep(scenario); // it cuts everybody off from the queues for a moment
    const [poison, garbage, reads, redrive, sweep, forgery] = await Promise.all([
      aPoisonCommandBeforeThreeGoodOnes(scenario),
      aMessageThatNobodyCanRead(scenario),
      aBatchOfReadsWithAPoisonMessage(scenario),
      aRedrive(scenario),
      aRequestThatNobodyCloses(scenario),
      aForgery(scenario),
    ]);
    return { retry, poison, garbage, reads, redrive, sweep, forgery, receivesOf: receivesIn(scenario) };
  } finally {
    await scenario.cloud.stop();
  }
};
