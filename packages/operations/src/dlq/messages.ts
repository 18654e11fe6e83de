import {
  ChangeMessageVisibilityCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from './queues.ts';

const heldFor = 60; // seconds: should this process die, others see them again then

/** Up to ten messages, which nobody else receives until they are released or a minute has passed. */
export const receive = async (client: SQSClient, { url }: DeadLetterQueue): Promise<Message[]> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: heldFor,
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
};

/** Lets others have them again, the last first: a FIFO group then has its order. */
export const release = async (client: SQSClient, { url: QueueUrl }: DeadLetterQueue, messages: readonly Message[]) => {
  for (const { ReceiptHandle } of messages.toReversed())
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
};
