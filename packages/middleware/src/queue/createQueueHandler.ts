import type { BodyOf, CompiledMessage, Message } from '@app/contracts';
import { observed, recordMessage, startTrace, type Trace } from '@app/observability';
import type { Queue } from '@app/queue';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { keepWarm } from '../keepWarm.ts';
import { parseJson, readMessage } from '../readMessage.ts';
import { backoff } from './backoff.ts';
import { UnreadableMessageError, UselessMessageError } from './uselessMessage.ts';

/** What queues of ours have for a `maxReceiveCount`. */
export const defaultMaxReceives = 5;

interface QueueHandler<M extends Message> {
  /** What the worker is called in log lines and metrics. */
  readonly worker: string;
  /** Where the messages come from, and where the time of a failed one's next receive is set. */
  readonly queue: Pick<Queue, 'changeVisibility'>;
  /** What the queue carries. Anything else is unreadable, and touches nothing. */
  readonly message: CompiledMessage<M>;
  /** The queue's `maxReceiveCount`: it hands a message out so often before it goes to the dead letters. */
  readonly maxReceives?: number;
  /** Resolves to an outcome for the log, e.g. `created`. Throws when it must be tried again, or UselessMessageError. */
  readonly handle: (body: BodyOf<M>, trace: Trace) => Promise<string>;
  /**
   * Called once the last permitted attempt has failed, before the message goes to the dead letters: never for one that is
   * useless. What the message's attributes say is for the log alone; whether it may end anything is for this to judge.
   */
  readonly giveUp?: (body: BodyOf<M>, trace: Trace) => Promise<void>;
}

const attributeOf = ({ messageAttributes }: SQSRecord, name: string) => messageAttributes[name]?.stringValue;

/** Our programs send times and ids in canonical form: what validation has changed does not come from them. */
const isAsSent = (body: unknown, text: string) => JSON.stringify(body) === JSON.stringify(JSON.parse(text));

const bodyOf = <M extends Message>(message: CompiledMessage<M>, text: string): BodyOf<M> => {
  const { body, errors } = readMessage(message, parseJson(text));
  if (!errors && isAsSent(body, text)) return body;
  throw new UnreadableMessageError(`The message is not a ${message.name}`, { cause: errors });
};

/** What a log line and a metric call a message: what it asks for, where one kind asks for several things. */
const operationOf = ({ name }: CompiledMessage, body: unknown) =>
  (body as { readonly operation?: string }).operation ?? name;

/**
 * Turns a message's handler into a Lambda handler for a queue (`ReportBatchItemFailures`). Each message stands for itself:
 * one that fails comes back after 1, 2, 4 … s, a useless one at once, and neither affects the others.
 * One log line and one metric record for each message.
 */
export const createQueueHandler = <M extends Message>({
  worker,
  queue,
  message,
  maxReceives = defaultMaxReceives,
  handle,
  giveUp,
}: QueueHandler<M>) => {
  /** What follows a failure must not hide it: failures of these two are logged beside it, and the queue's time-out does the rest. */
  const settleFailure = async (record: SQSRecord, error: unknown, end: () => Promise<void> | undefined) => {
    const receives = Number(record.attributes.ApproximateReceiveCount);
    const isLast = receives >= maxReceives;
    const isUseless = error instanceof UselessMessageError;
    const secondaryErrors: unknown[] = [];
    if (isLast && !isUseless) await end()?.catch((secondary: unknown) => secondaryErrors.push(secondary));
    const seconds = isLast || isUseless ? 0 : backoff(receives);
    await queue
      .changeVisibility(record.receiptHandle, seconds)
      .catch((secondary: unknown) => secondaryErrors.push(secondary));
    return {
      outcome: isLast ? 'dead-lettered' : 'failed',
      error,
      ...(secondaryErrors.length > 0 && { secondaryErrors }),
    };
  };

  const process = (record: SQSRecord, context: Context): Promise<void> => {
    const age = Date.now() - Number(record.attributes.SentTimestamp);
    const trace = startTrace(attributeOf(record, 'traceparent'), attributeOf(record, 'requestId') ?? record.messageId);
    const details = {
      messageId: record.messageId,
      worker,
      operation: 'unreadable',
      receiveCount: Number(record.attributes.ApproximateReceiveCount),
      ageMs: age,
    };
    return observed(
      {
        kind: 'message',
        trace,
        isRequest: true,
        context,
        details,
        record: ({ line, failed, duration, capacity }) =>
          recordMessage({ operation: `${worker}.${String(line['operation'])}`, failed, age, duration, capacity }),
      },
      async ({ line }) => {
        let body: BodyOf<M> | undefined;
        try {
          body = bodyOf(message, record.body);
          line['operation'] = operationOf(message, body);
          line['outcome'] = await handle(body, trace);
        } catch (error) {
          const end = () => (body === undefined ? undefined : giveUp?.(body, trace));
          Object.assign(line, await settleFailure(record, error, end));
          throw error;
        }
      },
    );
  };

  return keepWarm(
    (event: SQSEvent, context): Promise<SQSBatchResponse> =>
      processPartialResponse(
        event,
        (record: SQSRecord) => process(record, context),
        new BatchProcessor(EventType.SQS), // it keeps count of one batch
        { context, throwOnFullBatchFailure: false },
      ),
  );
};
