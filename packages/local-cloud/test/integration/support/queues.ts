import { randomUUID } from 'node:crypto';
import {
  GetQueueAttributesCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalCloud } from '../../../src/index.ts';
import { awsEnvironment } from '../../../src/process/environment.ts';
import { queueUrl } from '../../../src/template/resources.ts';
import { saidIn } from './said.ts';

interface Work {
  readonly name: string;
  /** How often it fails before it is done. */
  readonly failures?: number;
  readonly milliseconds?: number;
}
export interface Delivery {
  readonly name: string;
  readonly receive: number;
  readonly at: number;
  readonly record: Readonly<Record<string, unknown>>;
}

const credentials = () => {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_REGION: region = '' } = awsEnvironment('');
  return { region, credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } };
};

/** The queues of gamma, and what its functions have printed of what was delivered to them. */
export const connectQueues = ({
  endpoints: { sqs = '' },
  output,
}: Pick<LocalCloud, 'output'> & { endpoints: { sqs?: string } }) => {
  const client = new SQSClient({ endpoint: sqs, ...credentials() });
  const lines = (word: string) =>
    saidIn(output())
      .filter((line) => line.startsWith(`${word} {`))
      .map((line) => JSON.parse(line.slice(word.length)) as Delivery);
  const send = async (queue: string, work: Work, more: Partial<SendMessageCommandInput> = {}) => {
    const input = { QueueUrl: queueUrl(sqs, queue), MessageBody: JSON.stringify(work), ...more };
    await client.send(new SendMessageCommand(input));
  };
  return {
    client,
    url: (queue: string) => queueUrl(sqs, queue),
    send,
    sendOrdered: (group: string, work: Work) =>
      send('gamma-ordered-dev.fifo', work, { MessageGroupId: group, MessageDeduplicationId: randomUUID() }),
    delivered: (prefix: string) => lines('delivered').filter(({ name }) => name.startsWith(prefix)),
    done: (prefix: string) => lines('done').filter(({ name }) => name.startsWith(prefix)),
    /** Messages that wait, and those that were received and neither deleted nor come back. */
    depth: async (queue: string) => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const, 'ApproximateNumberOfMessagesNotVisible' as const];
      const input = { QueueUrl: queueUrl(sqs, queue), AttributeNames };
      const { Attributes = {} } = await client.send(new GetQueueAttributesCommand(input));
      return AttributeNames.map((name) => Number(Attributes[name]));
    },
  };
};
