import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { receive, release } from './messages.ts';
import type { DeadLetterQueue } from './queues.ts';

const most = 100;

/** The messages that can be received, which stay where they are. */
export const look = async (client: SQSClient, queue: DeadLetterQueue): Promise<Message[]> => {
  const messages: Message[] = [];
  try {
    while (messages.length < Math.min(queue.waiting, most)) {
      const more = await receive(client, queue);
      if (more.length === 0) break;
      messages.push(...more);
    }
  } finally {
    await release(client, queue, messages);
  }
  return messages;
};
