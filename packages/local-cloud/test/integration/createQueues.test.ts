import { type FaultProxy, startFaultProxy } from '@app/test-support/faultProxy';
import type { Fault } from '@app/test-support/faults';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { applyAwsEnvironment, credentials } from '../../src/process/environment.ts';
import { createQueueClient } from '../../src/sqs/queues/client.ts';
import { createQueues } from '../../src/sqs/queues/createQueues.ts';
import { type KeptSqs, startKeptSqs } from './support/sqs.ts';

const deadLetters = { name: 'dead.fifo', attributes: { FifoQueue: 'true' } };
const deadArn = 'arn:aws:sqs:eu-west-1:000000000000:dead.fifo';
const writes = (more: Record<string, string> = {}) => ({
  name: 'writes.fifo',
  attributes: {
    FifoQueue: 'true',
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
    VisibilityTimeout: '60',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 5 }),
    ...more,
  },
});
let sqs: KeptSqs;
let said: string[];
const create = (...definitions: { name: string; attributes: Record<string, string> }[]) =>
  createQueues(sqs.client(), definitions, (text) => said.push(text));

beforeEach(async () => {
  sqs = await startKeptSqs();
  said = [];
  await create(writes(), deadLetters);
  await sqs.send('writes.fifo', 'kept', { MessageGroupId: 'a', MessageDeduplicationId: 'a' });
});
afterEach(() => sqs.remove());

describe('queues that are kept', () => {
  it('are taken as they are when their definitions are the same', async () => {
    await sqs.kill();

    await create(writes(), deadLetters);

    expect(said).toEqual([]);
    expect(await sqs.receive('writes.fifo')).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    ['VisibilityTimeout', { VisibilityTimeout: '90' }],
    ['RedrivePolicy', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 2 }) }],
    ['DeduplicationScope', { DeduplicationScope: 'queue', FifoThroughputLimit: 'perMessageGroupId' }],
    ['ContentBasedDeduplication', { ContentBasedDeduplication: 'true' }],
    ['MessageRetentionPeriod', { MessageRetentionPeriod: '1209600' }],
  ])('are given another %s, which stays, and keep their messages', async (name, changed) => {
    await sqs.kill();

    await create(deadLetters, writes(changed));
    await sqs.kill();

    expect(said).toEqual([`The queue writes.fifo is kept, with another ${name}.`]);
    expect(await sqs.attributes('writes.fifo')).toMatchObject(changed);
    expect((await sqs.receive('writes.fifo')).map(({ Body }) => Body)).toEqual(['kept']);
  });

  it('lose a redrive policy that is not declared any more', async () => {
    const { RedrivePolicy: _, ...attributes } = writes().attributes;

    await create({ name: 'writes.fifo', attributes });

    expect(await sqs.attributes('writes.fifo')).not.toHaveProperty('RedrivePolicy');
  });

  it('are named when the engine refuses what they are to become', async () => {
    await expect(create(writes({ VisibilityTimeout: 'soon' }))).rejects.toThrow(
      /^The queue writes\.fifo could not be created: .*VisibilityTimeout/,
    );
  });
});

describe('making queues', () => {
  let proxy: FaultProxy;
  beforeEach(async () => {
    applyAwsEnvironment('', credentials);
    proxy = await startFaultProxy({ target: new URL(sqs.url('')).origin });
  });
  afterEach(() => proxy.stop());

  const operations = ['GetQueueUrl', 'CreateQueue', 'GetQueueAttributes', 'SetQueueAttributes'];
  const kinds = ['error', 'throttle', 'reset', 'lose'] as const;
  it.each(operations.flatMap((operation) => kinds.map((kind): [Fault['kind'], string] => [kind, operation])))(
    'gets over one %s of %s',
    async (kind, operation) => {
      proxy.add({ kind, operations: [operation], times: 1 });
      const client = await createQueueClient(proxy.url);

      await createQueues(client, [
        writes({ VisibilityTimeout: '90' }),
        { name: 'new', attributes: { DelaySeconds: '1' } },
      ]);

      expect(proxy.count(operation)).toBeGreaterThanOrEqual(2);
      expect(await sqs.attributes('writes.fifo')).toMatchObject({ VisibilityTimeout: '90' });
      expect(await sqs.attributes('new')).toMatchObject({ DelaySeconds: '1' });
      client.destroy();
    },
  );
});
