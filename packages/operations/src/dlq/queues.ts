import { GetQueueAttributesCommand, paginateListQueues, type SQSClient } from '@aws-sdk/client-sqs';

export interface Queue {
  readonly name: string;
  readonly url: string;
}
export interface DeadLetterQueue extends Queue {
  /** Messages to be received, and received by somebody. */
  readonly waiting: number;
  readonly held: number;
  /** Where its messages come from; a dead-letter queue of a function has none. */
  readonly source: Queue | undefined;
}

const listUrls = async (client: SQSClient) => {
  const urls: string[] = [];
  for await (const { QueueUrls = [] } of paginateListQueues({ client, pageSize: 1000 }, {})) urls.push(...QueueUrls);
  return urls;
};

const describeQueue = async (client: SQSClient, url: string) => {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  const policy = JSON.parse(Attributes['RedrivePolicy'] ?? '{}') as { deadLetterTargetArn?: string };
  return {
    url,
    name: url.split('/').at(-1) ?? '',
    arn: Attributes['QueueArn'],
    deadLetterArn: policy.deadLetterTargetArn,
    waiting: Number(Attributes['ApproximateNumberOfMessages']),
    held: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
  };
};

/** The dead-letter queues of a stage, by name: those that a queue names as its own, and those that are called so. */
export const findDeadLetterQueues = async (client: SQSClient, stage: string): Promise<DeadLetterQueue[]> => {
  const urls = (await listUrls(client)).filter((url) => url.replace(/\.fifo$/, '').endsWith(`-${stage}`));
  const queues = await Promise.all(urls.map((url) => describeQueue(client, url)));
  return queues
    .map(({ arn, name, url, waiting, held }) => {
      const source = queues.find(({ deadLetterArn }) => deadLetterArn === arn);
      return { name, url, waiting, held, source };
    })
    .filter(({ name, source }) => source || name.includes('-dlq-'))
    .toSorted((a, b) => a.name.localeCompare(b.name));
};

/** The one that is meant. Throws, naming those there are, when none or several could be. */
export const theQueue = (queues: readonly DeadLetterQueue[], name: string): DeadLetterQueue => {
  const exact = queues.filter((queue) => queue.name === name);
  const [queue, ...others] = exact.length > 0 ? exact : queues.filter((each) => name && each.name.includes(name));
  if (queue && others.length === 0) return queue;
  throw new Error(`Which queue? There are ${queues.map((each) => each.name).join(', ') || 'none'}.`);
};
