import { DeleteMessageCommand, type Message, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { receive, release } from './messages.ts';
import type { DeadLetterQueue, Queue } from './queues.ts';

/**
 * The same message for the queue that it came from. Under the id that it was first sent with, a FIFO queue would still
 * drop it; its id in the dead-letter queue makes sending it twice, after a death half way, the same as once.
 */
const sameMessage = ({ MessageId, Body, MessageAttributes, Attributes = {} }: Message, QueueUrl: string) => {
  const { MessageGroupId, AWSTraceHeader } = Attributes;
  return new SendMessageCommand({
    QueueUrl,
    MessageBody: Body,
    MessageAttributes,
    ...(AWSTraceHeader && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: AWSTraceHeader } },
    }),
    ...(QueueUrl.endsWith('.fifo') && { MessageGroupId, MessageDeduplicationId: `redrive-${MessageId}` }),
  });
};

/** Sends a message back, then deletes it here: should this end in between, it is there twice, and counts once. */
const sendBack = async (client: SQSClient, queue: DeadLetterQueue, source: Queue, message: Message) => {
  await client.send(sameMessage(message, source.url));
  await client.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: message.ReceiptHandle }));
};

/**
 * Sends messages, or the one, back to their source queue in their order: nothing is lost, whenever this ends. Resolves to
 * how many; no more than waited at the beginning, so that what fails again does not go round. (AWS's own
 * StartMessageMoveTask cannot be told which message.)
 */
export const redrive = async (
  client: SQSClient,
  queue: DeadLetterQueue,
  { messageId }: { messageId?: string | undefined } = {},
): Promise<number> => {
  const { source } = queue;
  if (!source) throw new Error(`${queue.name} is no queue's dead-letter queue: ask again what put messages there.`);
  const held = new Set<Message>();
  let seen = 0;
  let sent = 0;
  const isDone = () => seen >= queue.waiting || (messageId !== undefined && sent > 0);
  try {
    while (!isDone()) {
      const messages = await receive(client, queue);
      if (messages.length === 0) break;
      seen += messages.length;
      for (const message of messages) held.add(message);
      for (const message of messages) {
        if (messageId !== undefined && message.MessageId !== messageId) continue;
        await sendBack(client, queue, source, message);
        held.delete(message);
        sent += 1;
      }
    }
  } finally {
    await release(client, queue, [...held]);
  }
  return sent;
};
