import { describe, expect, it } from '@jest/globals';
import { attributesToSet } from '../../src/sqs/queues/changes.ts';

const policy = (deadLetterTargetArn: string, maxReceiveCount: number | string) =>
  JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
const asCreated = {
  QueueArn: 'arn:aws:sqs:eu-west-1:000000000000:q',
  VisibilityTimeout: '60',
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedrivePolicy: policy('arn', 5),
  CreatedTimestamp: '1',
};
const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'false', DeduplicationScope: 'queue' };
const set = (attributes: Record<string, string>, current: Record<string, string> = asCreated, name = 'q') =>
  attributesToSet({ name, attributes }, current);

describe('attributesToSet', () => {
  it.each<[string, Record<string, string>]>([
    ['the same', { VisibilityTimeout: '60', RedrivePolicy: policy('arn', 5) }],
    [
      'the same, in another order',
      { VisibilityTimeout: '60', RedrivePolicy: '{"maxReceiveCount":5,"deadLetterTargetArn":"arn"}' },
    ],
    ['the same, as a text', { VisibilityTimeout: '60', RedrivePolicy: policy('arn', '5') }],
    [
      'the same, with what is meant anyway',
      { VisibilityTimeout: '60', RedrivePolicy: policy('arn', 5), DelaySeconds: '0' },
    ],
  ])('are none when the definition says %s', (_, attributes) => {
    expect(set(attributes)).toEqual({});
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['a time', { VisibilityTimeout: '61', RedrivePolicy: policy('arn', 5) }, { VisibilityTimeout: '61' }],
    ['a limit', { VisibilityTimeout: '60', RedrivePolicy: policy('arn', 4) }, { RedrivePolicy: policy('arn', 4) }],
    ['a target', { VisibilityTimeout: '60', RedrivePolicy: policy('b', 5) }, { RedrivePolicy: policy('b', 5) }],
    ['no time any more', { RedrivePolicy: policy('arn', 5) }, { VisibilityTimeout: '30' }],
    ['no dead letters any more', { VisibilityTimeout: '60' }, { RedrivePolicy: '' }],
    ['nothing any more', {}, { RedrivePolicy: '', VisibilityTimeout: '30' }],
  ])('are what differs when the definition says %s', (_, attributes, expected) => {
    expect(set(attributes)).toEqual(expected);
  });

  it('of a FIFO queue are its own as well, but never FifoQueue', () => {
    const { RedrivePolicy: _, ...current } = { ...asCreated, VisibilityTimeout: '30', ...fifo };

    const throughput = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };
    expect(set({ FifoQueue: 'true' }, current, 'q.fifo')).toEqual({});
    expect(set({ FifoQueue: 'true', ...throughput }, current, 'q.fifo')).toEqual(throughput);
  });
});
