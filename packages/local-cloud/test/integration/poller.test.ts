import { type FaultProxy, startFaultProxy } from '@app/test-support/faultProxy';
import type { Fault } from '@app/test-support/faults';
import { eventually, letPass } from '@app/test-support/time';
import { DeleteQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sqs, startSqs } from '../../src/sqs/engine.ts';
import { createQueues } from '../../src/sqs/queues/createQueues.ts';
import { startPoller } from '../../src/sqs/queues/poller.ts';
import { queueUrl } from '../../src/template/resources.ts';

const name = 'work-dev.fifo';
const mapping = {
  functionName: 'worker',
  arn: `arn:aws:sqs:eu-west-1:000000000000:${name}`,
  queue: name,
  batchSize: 1,
  concurrency: 3,
  partial: true,
};
let engine: Sqs;
let proxy: FaultProxy;
let direct: SQSClient;
let throughProxy: SQSClient;
let stop: () => Promise<void>;
let said: string[];
let invoked: string[];
let atOnce: number;
let most: number;

const definition = { name, attributes: { FifoQueue: 'true', VisibilityTimeout: '1' } };

const clientOf = (endpoint: string) =>
  new SQSClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'MockAccessKeyId', secretAccessKey: 'MockSecretAccessKey' },
    maxAttempts: 1,
  });
const send = (MessageGroupId: string, MessageBody: string) =>
  direct.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(engine.endpoint, name),
      MessageBody,
      MessageGroupId,
      MessageDeduplicationId: crypto.randomUUID(),
    }),
  );
const attributesOf = async () => {
  const QueueUrl = queueUrl(engine.endpoint, name);
  const { Attributes = {} } = await direct.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  return Attributes;
};
/** A function that takes some milliseconds, and remembers how many of it there were at once. */
const invoke = async (_: string, event: unknown) => {
  atOnce += 1;
  most = Math.max(most, atOnce);
  await letPass(most < 3 ? 150 : 30, 'the function works, at first until others can run beside it');
  atOnce -= 1;
  invoked.push(...(event as { Records: { body: string }[] }).Records.map(({ body }) => body));
};

beforeEach(async () => {
  engine = await startSqs({ port: 0 });
  proxy = await startFaultProxy({ target: engine.endpoint });
  direct = clientOf(engine.endpoint);
  throughProxy = clientOf(proxy.url);
  const ownSaid: string[] = []; // the poller of the test before may still have something to say
  [said, invoked, atOnce, most] = [ownSaid, [], 0, 0];
  await createQueues(direct, [definition]);
  const url = queueUrl(proxy.url, name);
  stop = startPoller(mapping, { client: throughProxy, queueUrl: url, invoke, log: (text) => ownSaid.push(text) });
});
afterEach(async () => {
  proxy.clear();
  await stop();
  direct.destroy();
  throughProxy.destroy();
  await proxy.stop();
  await engine.stop();
});

describe('a poller', () => {
  it('works on as many groups at once as its mapping allows, and no more, and on each in its order', async () => {
    for (const number of [1, 2, 3])
      for (const group of ['a', 'b', 'c', 'd', 'e']) await send(group, `${group}${number}`);

    expect(await eventually(() => invoked.length === 15)).toBe(true);
    expect(most).toBe(3);
    for (const group of ['a', 'b', 'c', 'd', 'e'])
      expect(invoked.filter((body) => body.startsWith(group))).toEqual([`${group}1`, `${group}2`, `${group}3`]);
  });

  it('asks a queue that is empty once, and waits for its answer', async () => {
    await letPass(300, 'it may not ask again');

    expect(proxy.count('ReceiveMessage')).toBeLessThanOrEqual(1);
    expect(proxy.count()).toBe(proxy.count('ReceiveMessage'));
  });

  it('says once that its engine does not answer, asks in growing intervals, and goes on when it does', async () => {
    await proxy.refuse();
    proxy.add({ kind: 'reset' });
    await proxy.accept();
    await letPass(500, 'the engine stays away');
    const asked = proxy.count('ReceiveMessage');
    proxy.clear();
    await send('a', 'meanwhile');

    expect(await eventually(() => invoked.includes('meanwhile'))).toBe(true);
    expect(asked).toBeLessThan(10);
    expect(said).toEqual([expect.stringMatching(/^work-dev\.fifo cannot be read, trying on: /)]);
  });

  it('delivers again what could not be deleted, and says so', async () => {
    proxy.add({ kind: 'error', operations: ['DeleteMessageBatch'], times: 1 });

    await send('a', 'twice');

    expect(await eventually(() => invoked.length === 2)).toBe(true);
    expect(invoked).toEqual(['twice', 'twice']);
    expect(said).toEqual([expect.stringContaining('could not be deleted, and will come again')]);
  });

  it.each<[string, Fault]>([
    ['a receive that is refused', { kind: 'error', operations: ['ReceiveMessage'], times: 1 }],
    ['a receive that is throttled', { kind: 'throttle', operations: ['ReceiveMessage'], times: 1 }],
    ['a receive that is cut', { kind: 'reset', operations: ['ReceiveMessage'], times: 1 }],
    ['a receive whose answer is lost', { kind: 'lose', operations: ['ReceiveMessage'], times: 1 }],
    ['three receives that are cut', { kind: 'reset', operations: ['ReceiveMessage'], times: 3 }],
    ['a delete that is refused', { kind: 'error', operations: ['DeleteMessageBatch'], times: 1 }],
    ['a delete that is throttled', { kind: 'throttle', operations: ['DeleteMessageBatch'], times: 1 }],
    ['a delete that is cut', { kind: 'reset', operations: ['DeleteMessageBatch'], times: 1 }],
    ['a delete whose answer is lost', { kind: 'lose', operations: ['DeleteMessageBatch'], times: 1 }],
    ['deletes that are cut for a while', { kind: 'reset', operations: ['DeleteMessageBatch'], times: 3 }],
    ['a slow delete', { kind: 'delay', operations: ['DeleteMessageBatch'], times: 1, milliseconds: 300 }],
  ])(
    'gets over %s: every message is delivered, at least once, in its order',
    async (_, fault) => {
      proxy.add(fault);

      for (const number of [1, 2, 3]) for (const group of ['a', 'b']) await send(group, `${group}${number}`);

      const firsts = () => invoked.filter((body, index) => invoked.indexOf(body) === index);
      expect(await eventually(() => firsts().length === 6)).toBe(true);
      for (const group of ['a', 'b'])
        expect(firsts().filter((body) => body.startsWith(group))).toEqual([`${group}1`, `${group}2`, `${group}3`]);
    },
    15_000,
  );

  it('gets over its queue’s absence', async () => {
    await direct.send(new DeleteQueueCommand({ QueueUrl: queueUrl(engine.endpoint, name) }));
    await eventually(() => said.length > 0);
    await createQueues(direct, [definition]);
    await send('a', 'anew');

    expect(await eventually(() => invoked.includes('anew'))).toBe(true);
    expect(said).toHaveLength(1);
  });

  it('that is stopped asks for nothing more', async () => {
    await stop();
    await send('a', 'later');
    await letPass(100, 'it may ask for nothing');

    expect(invoked).toEqual([]);
    expect(said).toEqual([]);
  });

  it('that is stopped lets what is under way end, deletes it, and leaves the rest in the queue', async () => {
    for (const number of [1, 2]) for (const group of ['a', 'b', 'c', 'd']) await send(group, `${group}${number}`);
    await eventually(() => atOnce === 3);

    await stop();

    const left = await attributesOf();
    expect([atOnce, left.ApproximateNumberOfMessagesNotVisible]).toEqual([0, '0']);
    expect(invoked.length + Number(left.ApproximateNumberOfMessages)).toBe(8);
    expect(invoked.length).toBeGreaterThanOrEqual(3);
  });
});
