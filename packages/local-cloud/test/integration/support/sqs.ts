import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { credentials } from '../../../src/process/environment.ts';
import { type Sqs, startSqs } from '../../../src/sqs/engine.ts';
import { queueUrl } from '../../../src/template/resources.ts';

/** A client that tries once, so that a test sees every failure. */
export const sqsClient = (endpoint: string, region = 'eu-west-1') =>
  new SQSClient({ endpoint, region, credentials, maxAttempts: 1 });

/** SQS that keeps its queues in a temporary folder, and may be killed. */
export const startKeptSqs = async () => {
  const root = await mkdtemp(join(tmpdir(), 'kept-queues-'));
  const said: string[] = [];
  let lives = 0;
  let folder = join(root, '0');
  let engine: Sqs = await startSqs({ port: 0, folder, log: (text) => said.push(text) });
  let client = sqsClient(engine.endpoint);
  const start = async () => {
    engine = await startSqs({ port: 0, folder, log: (text) => said.push(text) });
    client = sqsClient(engine.endpoint);
  };
  const stop = async () => {
    client.destroy();
    await engine.stop();
  };
  const url = (queue: string) => queueUrl(engine.endpoint, queue);
  return {
    said,
    url,
    client: () => client,
    folder: () => folder,
    create: (queue: string, Attributes: Record<string, string> = {}) =>
      client.send(new CreateQueueCommand({ QueueName: queue, Attributes })),
    send: (queue: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      client.send(new SendMessageCommand({ QueueUrl: url(queue), MessageBody, ...more })),
    receive: async (queue: string, more: { WaitTimeSeconds?: number; VisibilityTimeout?: number } = {}) => {
      const input = { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const], ...more };
      const command = new ReceiveMessageCommand({ QueueUrl: url(queue), MessageAttributeNames: ['All'], ...input });
      return (await client.send(command)).Messages ?? [];
    },
    attributes: async (queue: string) =>
      (await client.send(new GetQueueAttributesCommand({ QueueUrl: url(queue), AttributeNames: ['All'] })))
        .Attributes ?? {},
    stop,
    start,
    /** Goes on with what the files are at this moment, which is what a killed process leaves. */
    kill: async () => {
      lives += 1;
      const left = join(root, String(lives));
      await cp(folder, left, { recursive: true });
      await stop();
      folder = left;
      await start();
    },
    remove: async () => {
      await stop();
      await rm(root, { recursive: true, force: true });
    },
  };
};

export type KeptSqs = Awaited<ReturnType<typeof startKeptSqs>>;
