import type { Serverless, SqsEvent } from '../../framework/types.ts';
import type { Resolve } from '../../template/resolver.ts';

/** An event source mapping: which function a queue's messages are delivered to, and how. */
export interface Mapping {
  readonly functionName: string;
  /** The queue. */
  readonly arn: string;
  readonly queue: string;
  readonly batchSize: number;
  /** Invocations at once. */
  readonly concurrency: number;
  /** Whether the function tells which messages of a batch failed. */
  readonly partial: boolean;
}

const lambdaBatch = 10; // what Lambda means without a batchSize, and the most that one receive gives
const startingConcurrency = 5; // what Lambda begins with; a laptop goes no further unasked
const highestConcurrency = 10;

const mappingOf = (functionName: string, event: SqsEvent | string, resolve: Resolve): Mapping[] => {
  const given: SqsEvent = typeof event === 'string' ? { arn: event } : event;
  if (given.enabled === false) return [];
  const arn = resolve(given.arn);
  if (typeof arn !== 'string') throw new Error(`${functionName} has an sqs event whose queue is not known.`);
  return [
    {
      functionName,
      arn,
      queue: arn.split(':').at(-1) ?? '',
      batchSize: Math.min(given.batchSize ?? lambdaBatch, lambdaBatch),
      concurrency: Math.min(given.maximumConcurrency ?? startingConcurrency, highestConcurrency),
      partial: given.functionResponseType === 'ReportBatchItemFailures',
    },
  ];
};

/** The event source mappings of a service. Batching windows are not kept: a batch goes as soon as there is a message. */
export const mappingsOf = ({ service: { functions } }: Pick<Serverless, 'service'>, resolve: Resolve): Mapping[] =>
  Object.values(functions).flatMap(({ name = '', events = [] }) =>
    events.flatMap(({ sqs }) => (sqs ? mappingOf(name, sqs, resolve) : [])),
  );

/** Throws when a queue has two consumers, each of which would get part of its messages, or is declared nowhere. */
export const assertOneConsumerEach = (mappings: readonly Mapping[], queues: readonly string[]) => {
  const consumers = new Map<string, string>();
  for (const { queue, functionName } of mappings) {
    const other = consumers.get(queue);
    if (other)
      throw new Error(`${other} and ${functionName} both consume ${queue}: each would miss what the other gets.`);
    if (!queues.includes(queue)) throw new Error(`${functionName} consumes ${queue}, which no service declares.`);
    consumers.set(queue, functionName);
  }
};
