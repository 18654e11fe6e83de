import type { QueueDefinition } from './definitions.ts';

type Attributes = Readonly<Record<string, string>>;

/** What a queue has that does not say. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const defaults: Attributes = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedrivePolicy: '',
  VisibilityTimeout: '30',
};
const fifoDefaults: Attributes = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};

/** A redrive policy is JSON, whose members may stand in any order, and its number may be a text. */
const comparable = (name: string, value: string | undefined) => {
  if (name !== 'RedrivePolicy' || !value) return value;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(value) as Record<string, unknown>;
  return JSON.stringify([deadLetterTargetArn, Number(maxReceiveCount)]);
};

/** The attributes to set on a queue that is there, so that it is as its definition says; `FifoQueue` follows from the name. */
export const attributesToSet = ({ name, attributes }: QueueDefinition, current: Attributes): Attributes => {
  const { FifoQueue: _, ...given } = attributes;
  const wanted: Attributes = { ...defaults, ...(name.endsWith('.fifo') && fifoDefaults), ...given };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) => comparable(key, value) !== comparable(key, current[key] ?? defaults[key] ?? fifoDefaults[key]),
    ),
  );
};
