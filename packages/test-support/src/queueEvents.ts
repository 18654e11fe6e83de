import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** What matters to a test of a message; the rest is filled in as SQS would. */
export interface TestMessage {
  /** A string is taken as it is, anything else as JSON. */
  readonly body: unknown;
  readonly messageId?: string;
  readonly receiveCount?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

const recordOf = ({ body, messageId = crypto.randomUUID(), receiveCount = 1, attributes = {} }: TestMessage) =>
  ({
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: String(Date.now() - 50) },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [name, { stringValue, dataType: 'String' }]),
    ),
    eventSource: 'aws:sqs',
  }) as unknown as SQSRecord;

/** A batch of messages as Lambda hands it over. */
export const sqsEvent = (...messages: readonly TestMessage[]): SQSEvent => ({ Records: messages.map(recordOf) });

interface TestSocketEvent {
  readonly eventType?: 'CONNECT' | 'DISCONNECT' | 'MESSAGE';
  readonly connectionId?: string;
  readonly connectedAt?: number;
  readonly query?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly subject?: string;
}

/** An event of a WebSocket API. */
export const socketEvent = (event: TestSocketEvent = {}) => {
  const { eventType = 'MESSAGE', connectionId = 'c', connectedAt = Date.now(), query, body, subject } = event;
  return {
    requestContext: { eventType, connectionId, connectedAt, ...(subject && { authorizer: { subject } }) },
    isBase64Encoded: false,
    ...(query && { queryStringParameters: query }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  } as never;
};
