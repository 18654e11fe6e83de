import { setTimeout as delay } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import type { Invoke } from '../../lambda/invoke.ts';
import { causeOfBatch } from '../../tracing/cause.ts';
import { fromXRay } from '../../tracing/context.ts';
import { acknowledged } from './acknowledged.ts';
import type { Mapping } from './mappings.ts';
import { createSlots } from './slots.ts';
import { sqsRecord } from './sqsRecord.ts';

/** Has somebody hear, at each change, whether a queue is held. */
export type OnHold = (queue: string, listener: (isHeld: boolean) => void) => void;

interface Deps {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly invoke: Invoke;
  readonly log: (message: string) => void;
  /** Tells whether the queue is to be held, as a fault: nothing is received then. */
  readonly onHold?: OnHold;
}

const longestPause = 1000;
const longestDelete = 5000;
/** Less than the process takes for its end as a whole. */
const longestDrain = 4000;

/**
 * Delivers a queue's messages to a function as Lambda's event source mapping does: batches one after another or, as far
 * as the mapping allows, at once; what the function dealt with is deleted, and all else comes back when its visibility
 * time is over. Order within a FIFO group is the queue's doing: it hands out none of a group that has one under way.
 * What it resolves to stops it: it receives nothing more, and waits some seconds for what is under way.
 */
export const startPoller = (mapping: Mapping, means: Deps): (() => Promise<void>) => {
  const { client, queueUrl, invoke, log, onHold } = means;
  const slots = createSlots(mapping.concurrency);
  let pause = 0;

  const remove = async (messages: readonly Message[]) => {
    if (messages.length === 0) return;
    const Entries = messages.map(({ MessageId: Id, ReceiptHandle }) => ({ Id, ReceiptHandle }));
    const { Failed = [] } = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }), {
      abortSignal: AbortSignal.timeout(longestDelete),
    });
    if (Failed.length > 0) throw new Error(Failed.map(({ Id, Message }) => `${Id}: ${Message}`).join(', '));
  };
  const deliver = async (messages: readonly Message[]) => {
    try {
      const event = { Records: messages.map((message) => sqsRecord(message, mapping.arn)) };
      const contexts = messages.map(({ Attributes }) => fromXRay(Attributes?.AWSTraceHeader));
      const cause = causeOfBatch('pubsub', mapping.queue, contexts);
      const result = await invoke(mapping.functionName, event, cause).catch(() => failed); // the log says why
      if (result !== failed) await remove(acknowledged(messages, result, mapping.partial));
    } catch (error) {
      log(`Messages of ${mapping.queue} could not be deleted, and will come again: ${(error as Error).message}`);
    }
  };

  const consumer = Consumer.create({
    queueUrl,
    sqs: client,
    batchSize: mapping.batchSize,
    shouldDeleteMessages: false,
    suppressFifoWarning: true,
    authenticationErrorTimeout: 0, // there is a pause after every error already
    messageSystemAttributeNames: ['All'],
    messageAttributeNames: ['All'],
    preReceiveMessageCallback: async () => {
      if (pause > 0) await delay(pause, undefined, { ref: false });
      await slots.untilFree();
    },
    handleMessageBatch: async (messages) => {
      if (consumer.status.isRunning) slots.run(() => deliver(messages)); // else they are for the next start
      return []; // deleted when the function has returned
    },
  });
  consumer.on('error', ({ message }) => {
    if (!consumer.status.isRunning) return;
    if (pause === 0) log(`${mapping.queue} cannot be read, trying on: ${message}`);
    pause = Math.min(pause * 2 || 50, longestPause);
  });
  const isWell = () => {
    pause = 0;
  };
  consumer.on('empty', isWell);
  consumer.on('response_processed', isWell);
  consumer.start();
  let isEnding = false;
  onHold?.(mapping.queue, (isHeld) => {
    if (isHeld) consumer.stop({ abort: true });
    else if (!isEnding) consumer.start();
  });
  return async () => {
    isEnding = true;
    consumer.stop({ abort: true });
    await Promise.race([slots.untilIdle(), delay(longestDrain, undefined, { ref: false })]);
  };
};

const failed = Symbol('failed');
