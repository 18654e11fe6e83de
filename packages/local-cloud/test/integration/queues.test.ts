import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, fastest } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { connectQueues, type Delivery } from './support/queues.ts';
import { saidIn } from './support/said.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;
let queues: ReturnType<typeof connectQueues>;

/** The engines that the run of the tests has are not what these are about. */
const ownEngines = { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_SQS: '' };
/** Where functions think that the queues are: pollers, as all else that follows shows, do not. */
const elsewhere = 'http://127.0.0.1:9';
const ordered = 'gamma-ordered-dev.fifo';
const names = (deliveries: readonly { name: string }[]) => deliveries.map(({ name }) => name);
const firstReceiveOf = (delivery: Delivery | undefined) =>
  Number((delivery?.record['attributes'] as Record<string, string> | undefined)?.['ApproximateFirstReceiveTimestamp']);
const isEmpty = async (queue: string) => (await queues.depth(queue)).every((count) => count === 0);

beforeAll(async () => {
  workspace = await createWorkspace('queues');
  cloud = await startLocalCloud({
    dataDir: workspace.data,
    env: ownEngines,
    functionEnvironment: { FROM_THE_TEST: 'a=b', AWS_ENDPOINT_URL_SQS: elsewhere },
    args: ['--root', workspace.root, '--schedule-seconds', '0.3'],
  });
  queues = connectQueues(cloud);
});

afterAll(async () => {
  queues?.client.destroy();
  await cloud?.stop();
  await workspace?.remove();
});

describe('functions', () => {
  it('find in their environment what CloudFormation would put there, and what the test does', async () => {
    const response = await fetch(`${cloud.urls['gateway']}/gamma/environment`);

    expect(await response.json()).toMatchObject({
      AWS_ENDPOINT_URL_SQS: elsewhere,
      ORDERED_QUEUE_URL: `${elsewhere}/000000000000/${ordered}`, // SDKs send where a queue's URL points
      BATCH_QUEUE_ARN: 'arn:aws:sqs:eu-west-1:000000000000:gamma-batch-dev',
      SOCKETS: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      FROM_THE_TEST: 'a=b',
    });
  });
});

/** All that must wait for visibility times waits at the same time; each has names of its own. */
const sendAll = async () => {
  await Promise.all(
    ['some-1', 'some-2', 'some-3'].map((name) =>
      queues.send('gamma-batch-dev', { name, failures: name === 'some-2' ? 1 : 0 }),
    ),
  );
  await queues.send('gamma-batch-dev', { name: 'dead', failures: 9 });
  await queues.send('gamma-batch-dev', { name: 'beside' });
  await queues.send('gamma-whole-dev', { name: 'whole', failures: 1 });
  for (const number of [1, 2, 3]) {
    await queues.sendOrdered('a', { name: `order-a${number}`, failures: number === 1 ? 1 : 0 });
    await queues.sendOrdered('b', { name: `order-b${number}` });
  }
  await queues.sendOrdered('c', { name: 'poison', failures: 9 });
  await queues.sendOrdered('c', { name: 'behind' });
};

describe('a message', () => {
  it('reaches its function within 100 ms, once that is warm, as Lambda would hand it over', async () => {
    await queues.send('gamma-batch-dev', { name: 'warm' });
    await eventually(() => queues.done('warm').length === 1);
    const attributes = {
      trace: { DataType: 'String', StringValue: '00-1' },
      raw: { DataType: 'Binary', BinaryValue: Buffer.from('bytes') },
    };

    const tookUntilDelivered = async (name: string) => {
      const sent = Date.now();
      await queues.send('gamma-batch-dev', { name }, { MessageAttributes: attributes });
      expect(await eventually(() => queues.done(name).length === 1)).toBe(true);
      return Number(queues.delivered(name)[0]?.at) - sent;
    };

    const milliseconds = await fastest(10, (attempt) => tookUntilDelivered(`record-${attempt}`), 100);

    expect(milliseconds).toBeLessThan(100); // what waits for a full batch takes seconds each time
    expect(queues.delivered('record-1')[0]?.record).toEqual({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: '{"name":"record-1"}',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        trace: { stringValue: '00-1', stringListValues: [], binaryListValues: [], dataType: 'String' },
        raw: { binaryValue: 'Ynl0ZXM=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
      },
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:gamma-batch-dev',
      awsRegion: 'eu-west-1',
    });
    expect(await eventually(() => isEmpty('gamma-batch-dev'))).toBe(true);
    await sendAll();
  });

  it('that fails comes again when its visibility time is over, no sooner, and alone: the rest of its batch is done', async () => {
    expect(await eventually(() => queues.done('some').length === 3)).toBe(true);
    const again = queues.delivered('some-2')[1];
    expect(again?.receive).toBe(2);
    expect(Number(again?.at) - firstReceiveOf(again)).toBeGreaterThanOrEqual(1000);
    expect(queues.delivered('some-').length).toBe(4);
  });

  it('goes to the dead-letter queue after as many receives as are allowed, and holds nothing up', async () => {
    expect(await eventually(async () => (await queues.depth('gamma-batch-dlq-dev'))[0] === 1)).toBe(true);
    expect(queues.delivered('dead').map(({ receive }) => receive)).toEqual([1, 2]);
    expect(queues.delivered('beside')).toHaveLength(1);
  });

  it('comes again with its whole batch when the function that failed cannot tell which', async () => {
    expect(await eventually(() => queues.done('whole').length === 1)).toBe(true);
    expect(queues.delivered('whole').map(({ receive }) => receive)).toEqual([1, 2]);
    expect(await eventually(() => isEmpty('gamma-whole-dev'))).toBe(true);
  });
});

describe('a FIFO queue', () => {
  it('keeps each group’s order past a message that fails, while other groups go on', async () => {
    expect(await eventually(() => queues.done('order').length === 6)).toBe(true);
    const done = names(queues.done('order'));
    expect(done.filter((name) => name.startsWith('order-a'))).toEqual(['order-a1', 'order-a2', 'order-a3']);
    expect(done.filter((name) => name.startsWith('order-b'))).toEqual(['order-b1', 'order-b2', 'order-b3']);
    expect(done.indexOf('order-b3')).toBeLessThan(done.indexOf('order-a1'));
    expect(queues.delivered('order-a2').map(({ receive }) => receive)).toEqual([1]); // untried while a1 was failing
  });

  it('lets the next of a group follow one that is dead, which keeps its group', async () => {
    expect(await eventually(() => queues.done('behind').length === 1)).toBe(true);
    expect(queues.delivered('poison')).toHaveLength(2);
    expect(await queues.depth('gamma-ordered-dlq-dev.fifo')).toEqual([1, 0]);
  });
});

describe('a scheduled function', () => {
  it('runs again and again, with the event that EventBridge sends', async () => {
    const ticks = () => saidIn(cloud.output()).filter((said) => said.startsWith('ticked '));
    expect(await eventually(() => ticks().length >= 3)).toBe(true);

    const event = JSON.parse(ticks()[0]?.slice('ticked '.length) ?? '') as unknown;
    expect(event).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:eu-west-1:000000000000:rule/gamma-dev-tick'],
    });
  });
});

describe('two consumers of one queue', () => {
  it('are refused at the start, by name', async () => {
    const file = join(workspace.root, 'services/gamma/serverless.yml');
    const event = '    events: [{ sqs: { arn: !GetAtt WholeQueue.Arn } }]\n';
    const twice = `${event}  second:\n    handler: src/consumeWhole.handler\n${event}`;
    await writeFile(file, (await readFile(file, 'utf8')).replace(event, twice));

    const starting = startLocalCloud({ env: ownEngines, args: ['--root', workspace.root] });

    await expect(starting).rejects.toThrow('gamma-dev-whole and gamma-dev-second both consume gamma-whole-dev');
  });
});
