import { isColdStart, logger, recordMessage, startTrace, type Trace, traceIdOf } from '@app/observability';
import type { Queue } from '@app/queue';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { backoff } from './backoff.ts';
import { keepWarm } from './keepWarm.ts';
import { UnreadableMessageError, UselessMessageError } from './uselessMessage.ts';

/** As often as a queue hands a message out before it goes to the dead letters (`maxReceiveCount` in resources.yml). */
export const maxReceives = 5;

interface Readable {
  readonly operation: string;
}

interface QueueHandler<M extends Readable> {
  /** What the worker is called in log lines and metrics. */
  readonly worker: string;
  /** Where the messages come from: failed ones are told there when to come back. */
  readonly queue: Pick<Queue, 'comeBack'>;
  /** The message in a body. What it throws makes the message unreadable. */
  readonly parse: (body: string) => M;
  /** Resolves to what has come of the message, in a word. Throws when it must be tried again, or UselessMessageError. */
  readonly handle: (message: M, trace: Trace) => Promise<string>;
  /**
   * Called once the last permitted attempt has failed, before the message goes to the dead letters: never for one that is
   * useless. What the message's attributes say is for the log alone; whether it may end anything is for this to judge.
   */
  readonly giveUp?: (message: M, trace: Trace) => Promise<void>;
}

const attributeOf = ({ messageAttributes }: SQSRecord, name: string) => messageAttributes[name]?.stringValue;

const readWith = <M>(parse: (body: string) => M, body: string): M => {
  try {
    return parse(body);
  } catch (cause) {
    throw new UnreadableMessageError('The message cannot be read', { cause });
  }
};

/**
 * Turns a message's handler into a Lambda handler for a queue (`ReportBatchItemFailures`). Each message stands for itself:
 * one that fails comes back after 1, 2, 4 … s, a useless one at once, and neither troubles its neighbours.
 * One log line and one metric record for each message.
 */
export const createQueueHandler = <M extends Readable>({ worker, queue, parse, handle, giveUp }: QueueHandler<M>) => {
  /** What follows a failure must not hide it: the failures of these two are logged, and the queue's time-out does the rest. */
  const settleFailure = async (record: SQSRecord, error: unknown, end: () => Promise<void> | undefined) => {
    const receives = Number(record.attributes.ApproximateReceiveCount);
    const isLast = receives >= maxReceives;
    const isUseless = error instanceof UselessMessageError;
    const troubles: unknown[] = [];
    if (isLast && !isUseless) await end()?.catch((trouble: unknown) => troubles.push(trouble));
    const seconds = isLast || isUseless ? 0 : backoff(receives);
    await queue.comeBack(record.receiptHandle, seconds).catch((trouble: unknown) => troubles.push(trouble));
    return { outcome: isLast ? 'dead-lettered' : 'failed', error, ...(troubles.length > 0 && { troubles }) };
  };

  const process = async (record: SQSRecord, context: Context) => {
    const startedAt = performance.now();
    const age = Date.now() - Number(record.attributes.SentTimestamp);
    const trace = startTrace(attributeOf(record, 'traceparent'), attributeOf(record, 'requestId') ?? record.messageId);
    const line: Record<string, unknown> = {
      requestId: trace.requestId,
      traceId: traceIdOf(trace),
      lambdaRequestId: context.awsRequestId,
      messageId: record.messageId,
      worker,
      operation: 'unreadable',
      receiveCount: Number(record.attributes.ApproximateReceiveCount),
      ageMs: age,
      coldStart: isColdStart(),
    };
    let [message, failure]: [M?, unknown?] = [];
    try {
      message = readWith(parse, record.body);
      line.operation = message.operation;
      line.outcome = await handle(message, trace);
    } catch (error) {
      failure = error;
      Object.assign(line, await settleFailure(record, error, () => message && giveUp?.(message, trace)));
    }
    const duration = performance.now() - startedAt;
    line.durationMs = Math.round(duration * 100) / 100;
    logger[failure === undefined ? 'info' : 'error']('message', line);
    recordMessage({ operation: `${worker}.${String(line.operation)}`, failed: failure !== undefined, age, duration });
    if (failure !== undefined) throw failure;
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
