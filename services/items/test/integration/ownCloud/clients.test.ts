import type { HttpAnswer } from '@app/test-support';
import { eventually } from '@app/test-support/time';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { anyBody, anyText } from '../../support/anyClient.ts';
import { itemsClient } from '../../support/client.ts';
import { directAccessTo } from '../../support/directAccess.ts';
import { type ItemsCloud, startItemsCloud } from '../../support/ownCloud.ts';
import { openSocket } from '../../support/socket.ts';

jest.setTimeout(120_000); // a cloud of its own, on a machine that may be busy

const maxWaiters = 2;

let cloud: ItemsCloud;
let items: ReturnType<typeof itemsClient>;
let direct: ReturnType<typeof directAccessTo>;

beforeAll(async () => {
  cloud = await startItemsCloud({ MAX_WAITERS: String(maxWaiters) });
  items = itemsClient(cloud.gateway);
  direct = directAccessTo(cloud.endpoints);
});

afterAll(() => cloud.stop());

const anItem = async () => String((await items.create({ name: 'Bolt' }, items.waiting)).body.itemId);

/** What functions say has failed, but for time-outs, which are this machine's. */
const errors = () =>
  cloud
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{"level":"ERROR"') && !line.includes('TimeoutError'));

/** What has failed beyond the errors that were there before, once the notifier has had nothing more to do. */
const failuresSince = async (before: number) => {
  await eventually(async () => (await direct.depth('notifications')) === 0, 30_000);
  const deadLetters = ['notificationsDeadLetters', 'writesDeadLetters', 'readsDeadLetters'] as const;
  return {
    errors: errors().slice(before),
    deadLetters: await Promise.all(deadLetters.map((queue) => direct.depth(queue))),
  };
};
const noFailures = { errors: [], deadLetters: [0, 0, 0] };

const isWaited = ({ headers }: HttpAnswer) => headers.has('preference-applied');

const timesOf = (answers: readonly { milliseconds: number }[]) => answers.map(({ milliseconds }) => milliseconds);

describe('callers that wait', () => {
  it('are as many as may be; the others are answered 202 at once', async () => {
    const itemId = await anItem();
    const fault = await cloud.faults.add({ effect: 'fail', operation: 'GetItem', resource: 'items-dev' });
    const startedAt = performance.now();

    const answers = await Promise.all(
      Array.from({ length: 6 }, async (_, quantity) => {
        const answer = await items.update(itemId, { quantity }, { prefer: 'wait=8' });
        return { answer, milliseconds: performance.now() - startedAt };
      }),
    );
    await fault.remove();

    const waited = answers.filter(({ answer }) => isWaited(answer));
    const others = answers.filter(({ answer }) => !isWaited(answer));
    expect(answers.map(({ answer }) => answer.status)).toEqual(answers.map(() => 202));
    expect(waited).toHaveLength(maxWaiters);
    expect(timesOf(waited).every((time) => time > 8000)).toBe(true);
    expect(Math.max(...timesOf(others))).toBeLessThan(Math.max(...timesOf(waited)));
    await Promise.all(answers.map(({ answer }) => items.completed(answer.body.requestId, 60)));
  });

  it('leave their places to others', async () => {
    const itemId = await anItem();

    for (let turn = 0; turn < 2 * maxWaiters; turn++)
      expect(isWaited(await items.update(itemId, { quantity: turn }, items.waiting))).toBe(true);
  });

  it('are none where a place cannot be asked for: the command is accepted all the same', async () => {
    const itemId = await anItem();
    const fault = await cloud.faults.add({ effect: 'fail', operation: 'UpdateItem', resource: 'items-requests-dev' });

    const answer = await items.update(itemId, { quantity: 1 }, items.waiting);
    await fault.remove();

    expect([answer.status, isWaited(answer)]).toEqual([202, false]);
    expect(await items.completed(answer.body.requestId)).toMatchObject({ status: 'success' });
  });
});

describe('a connection', () => {
  let before: number;
  beforeEach(() => {
    before = errors().length;
  });

  it.each([
    '',
    'nonsense',
    `${'a'.repeat(35)}😀`,
    '%ED%A0%80',
    crypto.randomUUID().slice(1),
    `${crypto.randomUUID()}0`,
  ])('is not opened for what is no id: %s', async (id) => {
    const encoded = id.startsWith('%') ? id : encodeURIComponent(id);

    await expect(openSocket(cloud.gateway, `?requestId=${encoded}`)).rejects.toThrow('could not be opened');
  });

  it('that leaves at once leaves no failure behind', async () => {
    const { requestId } = (await items.update(await anItem(), { quantity: 1 })).body;

    for (const id of [requestId, crypto.randomUUID(), requestId, crypto.randomUUID(), requestId]) {
      const listener = await openSocket(cloud.gateway, `?requestId=${String(id)}`);
      listener.say({ action: 'subscribe', requestId });
      listener.close();
    }

    expect(await failuresSince(before)).toEqual(noFailures);
  });

  it('may say whatever it likes: it is answered, and nothing fails', async () => {
    const listener = await openSocket(cloud.gateway);
    const { requestId } = (await items.update(await anItem(), { quantity: 1 })).body;
    const bodies = fc.sample(anyBody, 30).map((body) => body.slice(0, 30_000).toWellFormed()); // over 128 KB closes a socket
    const actions = fc.sample(anyText, 20).map((text) => ({ action: text.slice(0, 10_000), requestId }));

    for (const message of [...bodies, ...actions]) listener.say(message);
    for (let turn = 0; turn < 5; turn++) listener.say({ action: 'subscribe', requestId });

    listener.say({ action: 'ping' });
    await listener.until(({ type }) => type === 'pong', 60_000);
    await listener.notified(requestId);
    listener.close();
    expect(await failuresSince(before)).toEqual(noFailures);
  });
});
