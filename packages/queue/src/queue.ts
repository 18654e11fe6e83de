import type { BodyOf, CompiledMessage, Message } from '@app/contracts';
import type { Trace } from '@app/observability';
import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface SendOptions {
  /** Of a FIFO queue: messages of one group are handed out in their order. */
  readonly group?: string;
  /** Of a FIFO queue: a second message under it within five minutes is taken for the first. */
  readonly deduplication?: string;
  /** Seconds that a message is held back, up to 900. Of a standard queue: FIFO queues take none of one message. */
  readonly delay?: number;
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

/**
 * SQS refuses messages with U+FFFE or U+FFFF in them, and local engines what lies beyond U+FFFF: JSON can say both in other
 * words. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const toText = (body: unknown) =>
  JSON.stringify(body).replaceAll(
    /[\ud800-\udfff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A body that its own contract does not allow is a fault of the sender's: nobody could read it. */
const assertBody = ({ name, validate }: CompiledMessage, body: unknown) => {
  if (!validate({ body })) throw new Error(`This is not a ${name}`, { cause: validate.errors });
};

/** One queue. The trace goes along as message attributes, beside the body. */
export const createQueue = (client: SQSClient, QueueUrl: string) => ({
  /** Resolves once the message is stored. Throws the SDK's error otherwise: then it may be stored all the same. */
  async send<M extends Message>(
    message: CompiledMessage<M>,
    body: BodyOf<M>,
    { requestId, traceparent }: Trace,
    { group, deduplication, delay }: SendOptions = {},
  ) {
    assertBody(message, body);
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: toText(body),
        MessageAttributes: { requestId: text(requestId), traceparent: text(traceparent) },
        ...(group !== undefined && { MessageGroupId: group }),
        ...(deduplication !== undefined && { MessageDeduplicationId: deduplication }),
        ...(delay !== undefined && { DelaySeconds: delay }),
      }),
    );
  },

  /** Has a message that was received come back after so many seconds, instead of after the queue's own time-out. */
  async changeVisibility(ReceiptHandle: string, seconds: number) {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: seconds }));
  },
});

export type Queue = ReturnType<typeof createQueue>;
