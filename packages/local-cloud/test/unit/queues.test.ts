import { describe, expect, it } from '@jest/globals';
import type { FunctionEvent, Serverless } from '../../src/framework/types.ts';
import { acknowledged } from '../../src/sqs/queues/acknowledged.ts';
import { queueDefinitions } from '../../src/sqs/queues/definitions.ts';
import { assertOneConsumerEach, mappingsOf } from '../../src/sqs/queues/mappings.ts';
import { createSlots } from '../../src/sqs/queues/slots.ts';

const itself = (value: unknown) => value;
const batch = [{ MessageId: '1' }, { MessageId: '2' }, { MessageId: '3' }];
const ids = (result: unknown, partial = true) => acknowledged(batch, result, partial).map(({ MessageId }) => MessageId);

describe('acknowledged', () => {
  it.each([[undefined], [null], [{}], [{ batchItemFailures: [] }], [{ batchItemFailures: null }]])(
    'is the whole batch after %j',
    (result) => {
      expect(ids(result)).toEqual(['1', '2', '3']);
    },
  );

  it('is what is not reported as failed', () => {
    expect(ids({ batchItemFailures: [{ itemIdentifier: '2' }] })).toEqual(['1', '3']);
  });

  it.each([['4'], [''], [null], [undefined]])(
    'is nothing when a failure is reported of %j, which is no message',
    (id) => {
      expect(ids({ batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: id }] })).toEqual([]);
    },
  );

  it.each([[{ batchItemFailures: 'all' }], [{ batchItemFailures: [null] }], [{ batchItemFailures: [{ id: '1' }] }]])(
    'is nothing when the report makes no sense: %j',
    (result) => {
      expect(ids(result)).toEqual([]);
    },
  );

  it('is the whole batch, whatever is reported, where reports are not asked for', () => {
    expect(ids({ batchItemFailures: [{ itemIdentifier: '2' }] }, false)).toEqual(['1', '2', '3']);
  });
});

describe('mappingsOf', () => {
  const service = (...events: FunctionEvent[]) =>
    ({ service: { functions: { writer: { name: 'items-dev-writer', events } } } }) as unknown as Serverless;
  const arn = 'arn:aws:sqs:eu-west-1:000000000000:items-writes-dev.fifo';

  it('reads what is configured, and means what Lambda means without', () => {
    const sqs = { arn, batchSize: 1, functionResponseType: 'ReportBatchItemFailures', maximumConcurrency: 2 };
    const [configured, plain] = mappingsOf(service({ sqs }, { sqs: arn }), itself);

    const writer = { functionName: 'items-dev-writer', arn, queue: 'items-writes-dev.fifo' };
    expect(configured).toEqual({ ...writer, batchSize: 1, concurrency: 2, partial: true });
    expect(plain).toEqual({ ...writer, batchSize: 10, concurrency: 5, partial: false });
  });

  it('leaves out what is not enabled, and refuses a queue that cannot be known', () => {
    expect(mappingsOf(service({ sqs: { arn, enabled: false } }), itself)).toEqual([]);
    expect(() => mappingsOf(service({ sqs: { arn: { Ref: 'Unknown' } } }), itself)).toThrow('items-dev-writer');
  });
});

describe('assertOneConsumerEach', () => {
  const mapping = (functionName: string, queue: string) => ({
    functionName,
    queue,
    arn: '',
    batchSize: 1,
    concurrency: 1,
    partial: true,
  });

  it('passes one consumer of each queue', () => {
    expect(() => assertOneConsumerEach([mapping('a', 'q'), mapping('b', 'r')], ['q', 'r', 's'])).not.toThrow();
  });

  it('names two consumers of one queue, and the consumer of none', () => {
    expect(() => assertOneConsumerEach([mapping('a', 'q'), mapping('b', 'q')], ['q'])).toThrow(
      'a and b both consume q',
    );
    expect(() => assertOneConsumerEach([mapping('a', 'r')], ['q'])).toThrow('a consumes r, which no service declares');
  });
});

describe('queueDefinitions', () => {
  it('are the attributes that CreateQueue takes, as text', () => {
    const Properties = {
      QueueName: 'q-dev.fifo',
      FifoQueue: true,
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: 'arn', maxReceiveCount: 5 },
      Tags: [],
    };

    const definitions = queueDefinitions(
      { Queue: { Type: 'AWS::SQS::Queue', Properties }, Other: { Type: 'AWS::S3::Bucket' } },
      itself,
    );

    const RedrivePolicy = '{"deadLetterTargetArn":"arn","maxReceiveCount":5}';
    expect(definitions).toEqual([
      { name: 'q-dev.fifo', attributes: { FifoQueue: 'true', VisibilityTimeout: '60', RedrivePolicy } },
    ]);
  });

  it('name a queue that has no name', () => {
    expect(() => queueDefinitions({ Queue: { Type: 'AWS::SQS::Queue' } }, itself)).toThrow(
      'The queue Queue needs a QueueName',
    );
  });
});

describe('slots', () => {
  it('keep whoever asks waiting until work is over', async () => {
    const slots = createSlots(2);
    const ends: (() => void)[] = [];
    const work = () => new Promise<void>((resolve) => ends.push(resolve));
    slots.run(work);
    await slots.untilFree();
    slots.run(work);
    const untilFree = slots.untilFree().then(() => 'free');
    const early = await Promise.race([untilFree, new Promise((resolve) => setImmediate(resolve, 'waiting'))]);

    ends[0]?.();

    expect([early, await untilFree]).toEqual(['waiting', 'free']);
  });
});
