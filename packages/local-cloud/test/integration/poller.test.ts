import { setTimeout as delay } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FaultProxy, startFaultProxy } from '../../../test-support/src/faultProxy/faultProxy.ts';
import { queueUrl } from '../../src/cloudFormation/resources.ts';
import { type Sqs, startSqs } from '../../src/engines/sqs.ts';
import { createQueues } from '../../src/queues/createQueues.ts';
import { startPoller } from '../../src/queues/poller.ts';
import { eventually } from './support/eventually.ts';

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
let stop: () => void;
let said: string[];
let invoked: string[];
let atOnce: number;
let most: number;

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
/** A function that takes 30 ms, and remembers how many of it there were at once. */
const invoke = async (_: string, event: unknown) => {
  atOnce += 1;
  most = Math.max(most, atOnce);
  await delay(30);
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
  await createQueues(direct, [{ name, attributes: { FifoQueue: 'true', VisibilityTimeout: '1' } }]);
  const url = queueUrl(proxy.url, name);
  stop = startPoller(mapping, { client: throughProxy, queueUrl: url, invoke, say: (text) => ownSaid.push(text) });
});
afterEach(async () => {
  stop();
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
    await delay(300);

    expect(proxy.count('ReceiveMessage')).toBeLessThanOrEqual(1);
    expect(proxy.count()).toBe(proxy.count('ReceiveMessage'));
  });

  it('says once that its engine does not answer, asks in growing intervals, and goes on when it does', async () => {
    await proxy.refuse();
    proxy.add({ kind: 'reset' });
    await proxy.accept();
    await delay(500);
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

  it('that is stopped asks for nothing more', async () => {
    stop();
    await send('a', 'later');
    await delay(100);

    expect(invoked).toEqual([]);
    expect(said).toEqual([]);
  });
});
