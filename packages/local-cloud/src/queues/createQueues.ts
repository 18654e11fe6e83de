import type { SQSClient } from '@aws-sdk/client-sqs';
import type { QueueDefinition } from './definitions.ts';

/** Creates the queues that are missing. Throws, naming it, for one that is there with other attributes. */
export const createQueues = async (client: SQSClient, definitions: readonly QueueDefinition[]) => {
  const { CreateQueueCommand } = await import('@aws-sdk/client-sqs');
  const needsAnother = ({ attributes }: QueueDefinition) => 'RedrivePolicy' in attributes;
  for (const definition of definitions.toSorted((a, b) => Number(needsAnother(a)) - Number(needsAnother(b)))) {
    const { name, attributes } = definition;
    try {
      await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    } catch (error) {
      throw new Error(`The queue ${name} could not be created: ${(error as Error).message}`, { cause: error });
    }
  }
};
