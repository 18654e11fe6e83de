import { writeItem } from '@app/contracts/messages/writeItem';
import { createDocumentClient } from '@app/dynamodb';
import { createQueue, createSqsClient } from '@app/queue';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { WriteCommand } from '../../src/queues/command.ts';
import { requestOf } from '../../src/requests/requestIdentity.ts';
import { createRequestRepository } from '../../src/requests/requestRepository.ts';

const queues = {
  writes: 'items-writes-dev.fifo',
  reads: 'items-reads-dev',
  writesDeadLetters: 'items-writes-dlq-dev.fifo',
  readsDeadLetters: 'items-reads-dlq-dev',
  notifications: 'items-notifications-dev',
  notificationsDeadLetters: 'items-notifications-dlq-dev',
} as const;

/** What no client can do: messages put straight onto a queue, dead letters, rows. */
export const directAccessTo = (endpoints: { readonly dynamodb: string; readonly sqs: string }) => {
  const client = createDocumentClient({ endpoint: endpoints.dynamodb });
  const sqs = createSqsClient({ endpoint: endpoints.sqs, requestHandler: { requestTimeout: 30_000 } });
  const urlOf = (queue: keyof typeof queues) => `${endpoints.sqs}/000000000000/${queues[queue]}`;
  const requests = createRequestRepository(client, 'items-requests-dev');
  const traceOf = (requestId: string) => ({ requestId, traceparent: '' });
  const writes = createQueue(sqs, urlOf('writes'));

  return {
    /** Sends a command once more, as a queue may that delivers at least once; its request is there already. */
    again: (command: WriteCommand) =>
      writes.send(writeItem, command, traceOf(command.requestId), {
        group: command.itemId,
        deduplication: crypto.randomUUID(),
      }),

    /** A command that is accepted and can never be carried out, among those of an item: its own item has no version. */
    async poison(group: string): Promise<string> {
      const [requestId, itemId] = [crypto.randomUUID(), crypto.randomUUID()];
      await client.send(new PutCommand({ TableName: 'items-dev', Item: { itemId, ownerId: 'public', name: 'Bolt' } }));
      const changes = { quantity: 1 };
      const command = { operation: 'update', requestId, owner: 'public', itemId, changes } as const;
      await requests.accept(requestOf(command));
      await writes.send(writeItem, command, traceOf(requestId), { group, deduplication: requestId });
      return requestId;
    },

    /** Puts any message onto a queue; its attributes name a request if wanted. */
    message: (queue: 'writes' | 'reads', body: string, { group = '', requestId = '' } = {}) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: urlOf(queue),
          MessageBody: body,
          ...(requestId && { MessageAttributes: { requestId: { DataType: 'String', StringValue: requestId } } }),
          ...(queue === 'writes' && { MessageGroupId: group, MessageDeduplicationId: crypto.randomUUID() }),
        }),
      ),

    /** A dead letter that says this, once it is there. */
    async deadLetter(queue: 'writesDeadLetters' | 'readsDeadLetters', text: string): Promise<Message> {
      const deadline = Date.now() + 60_000; // others look through the same letters: a count of looks would soon be used up
      while (Date.now() < deadline) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: urlOf(queue),
            MaxNumberOfMessages: 10,
            WaitTimeSeconds: 1,
            VisibilityTimeout: 1,
            MessageAttributeNames: ['All'],
          }),
        );
        const found = Messages.find(({ Body }) => Body?.includes(text));
        if (found) return found;
      }
      throw new Error(`No dead letter says ${text}`);
    },

    /** Puts a dead letter of the writes back, as the console's redrive does: as a message of its own. */
    async redrive({ Body, MessageAttributes, ReceiptHandle }: Message) {
      const { itemId } = JSON.parse(Body ?? '') as WriteCommand;
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: urlOf('writes'),
          MessageBody: Body,
          MessageAttributes,
          MessageGroupId: itemId,
          MessageDeduplicationId: crypto.randomUUID(),
        }),
      );
      await sqs.send(new DeleteMessageCommand({ QueueUrl: urlOf('writesDeadLetters'), ReceiptHandle }));
    },

    /** Messages that wait or are under way. */
    async depth(queue: keyof typeof queues) {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: urlOf(queue), AttributeNames: ['All'] }),
      );
      return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible);
    },

    /** Lets so many minutes pass for a request that is open. */
    age: (requestId: string, minutes: number) =>
      client.send(
        new UpdateCommand({
          TableName: 'items-requests-dev',
          Key: { requestId },
          UpdateExpression: 'SET openedAt = :then',
          ExpressionAttributeValues: { ':then': new Date(Date.now() - minutes * 60_000).toISOString() },
        }),
      ),

    /** Takes the version from an item's row, which no command can be carried out on then, or puts it back. */
    setVersion: (itemId: string, version: number | undefined) =>
      client.send(
        new UpdateCommand({
          TableName: 'items-dev',
          Key: { itemId },
          ...(version === undefined
            ? { UpdateExpression: 'REMOVE version' }
            : { UpdateExpression: 'SET version = :version', ExpressionAttributeValues: { ':version': version } }),
        }),
      ),

    /** Subscribes a connection that has been gone for long. */
    subscribeTheGone: (requestId: string) =>
      client.send(
        new PutCommand({
          TableName: 'items-connections-dev',
          Item: {
            requestId,
            connectionId: crypto.randomUUID(),
            ownerId: 'public',
            connectedAt: '2026-01-01T00:00:00.000Z',
          },
        }),
      ),

    async subscribers(requestId: string) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: 'items-connections-dev',
          KeyConditionExpression: 'requestId = :id',
          ExpressionAttributeValues: { ':id': requestId },
          ConsistentRead: true,
        }),
      );
      return Items;
    },

    requests,
  };
};
