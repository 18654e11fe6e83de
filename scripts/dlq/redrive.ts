import { DeleteMessageCommand, type Message, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { receive, release } from './messages.ts';
import type { DeadLetterQueue } from './queues.ts';

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

/**
 * Sends messages, or the one, back to their source queue in their order, each before it is deleted here: nothing is lost,
 * whenever this ends. Resolves to how many; as many as waited at the beginning, so that what fails again does not go round.
 * (AWS's own StartMessageMoveTask cannot be told which message.)
 */
export const redrive = async (
  client: SQSClient,
  queue: DeadLetterQueue,
  { messageId }: { messageId?: string | undefined } = {},
): Promise<number> => {
  const { source, waiting, url } = queue;
  if (!source)
    throw new Error(`${queue.name} is no queue's dead-letter queue: what put messages there must be asked again.`);
  let seen = 0;
  let sent = 0;
  const passedOver: Message[] = [];
  let messages: Message[] = [];
  try {
    while (seen < waiting && !(messageId && sent > 0)) {
      messages = await receive(client, queue);
      if (messages.length === 0) break;
      seen += messages.length;
      while (messages[0]) {
        const [message] = messages;
        if (messageId && message.MessageId !== messageId) passedOver.push(message);
        else {
          await client.send(sameMessage(message, source.url));
          await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
          sent += 1;
        }
        messages.shift();
      }
    }
  } finally {
    await release(client, queue, [...passedOver, ...messages]);
  }
  return sent;
};
