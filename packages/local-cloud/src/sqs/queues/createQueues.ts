import type { SQSClient } from '@aws-sdk/client-sqs';
import { attributesToSet } from './changes.ts';
import type { QueueDefinition } from './definitions.ts';

const isAbsent = ({ name }: Error) => /QueueDoesNotExist|NonExistentQueue/.test(name);

const createOrChange = async (
  client: SQSClient,
  definition: QueueDefinition,
  log: (message: string) => void,
): Promise<void> => {
  const { CreateQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, SetQueueAttributesCommand } = await import(
    '@aws-sdk/client-sqs'
  );
  const { name, attributes } = definition;
  const found = await client.send(new GetQueueUrlCommand({ QueueName: name })).catch((error: Error) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (!found) return void (await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes })));
  const { QueueUrl } = found;
  const current = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  const changed = attributesToSet(definition, current.Attributes ?? {});
  if (Object.keys(changed).length === 0) return undefined;
  await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: changed }));
  log(`The queue ${name} is kept, with another ${Object.keys(changed).join(', ')}.`);
};

/**
 * Creates the queues that are missing, and gives those that are there the attributes that they should have; their
 * messages stay. Throws, naming the queue, what the engine refuses.
 */
export const createQueues = async (
  client: SQSClient,
  definitions: readonly QueueDefinition[],
  log: (message: string) => void = () => {},
) => {
  const needsAnother = ({ attributes }: QueueDefinition) => 'RedrivePolicy' in attributes;
  for (const definition of definitions.toSorted((a, b) => Number(needsAnother(a)) - Number(needsAnother(b)))) {
    try {
      await createOrChange(client, definition, log);
    } catch (error) {
      throw new Error(`The queue ${definition.name} could not be created: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
};
