import type { Resources } from '../../framework/types.ts';
import type { Resolve } from '../../template/resolver.ts';

/** A queue as CreateQueue wants it. */
export interface QueueDefinition {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Properties of AWS::SQS::Queue that are attributes of the same name; tags, KMS keys and the rest mean nothing here. */
const attributeNames = new Set([
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'VisibilityTimeout',
]);

/** Attributes are texts; those with members of their own are JSON. */
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The queues that a service's resources declare. Throws, naming it, for one without a name: local URLs are made of names. */
export const queueDefinitions = (resources: Resources, resolve: Resolve): QueueDefinition[] =>
  Object.entries(resources)
    .filter(([, { Type }]) => Type === 'AWS::SQS::Queue')
    .map(([logicalId, { Properties = {} }]) => {
      const { QueueName: name, ...properties } = resolve(Properties) as Record<string, unknown>;
      if (typeof name !== 'string')
        throw new Error(`The queue ${logicalId} needs a QueueName that is known beforehand.`);
      const attributes = Object.entries(properties).filter(([property]) => attributeNames.has(property));
      return { name, attributes: Object.fromEntries(attributes.map(([key, value]) => [key, textOf(value)])) };
    });
