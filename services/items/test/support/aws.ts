import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

export const dynamodb = mockClient(DynamoDBDocumentClient);
export const sqs = mockClient(SQSClient);

const item = (row: object | undefined) => row && marshall(row, { removeUndefinedValues: true });

/** A condition that did not hold for the row. */
export const conditionFailed = (row?: object) =>
  new ConditionalCheckFailedException({ $metadata: {}, message: '', ...(row && { Item: item(row) }) });

/** A transaction whose writes were judged so, in their order. */
export const cancelled = (...reasons: readonly { Code: string; row?: object }[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: '',
    CancellationReasons: reasons.map(({ Code, row }) => (row ? { Code, Item: item(row) } : { Code })),
  });

/** What was sent, with the queue's name. */
export const sent = () =>
  sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => ({
    queue: input.QueueUrl?.split('/').at(-1),
    body: JSON.parse(input.MessageBody ?? '') as Record<string, unknown>,
    group: input.MessageGroupId,
    deduplication: input.MessageDeduplicationId,
    requestId: input.MessageAttributes?.requestId?.StringValue,
    traceparent: input.MessageAttributes?.traceparent?.StringValue,
  }));

/** Nothing is stored, and every queue takes what it is sent. */
export const resetAws = () => {
  dynamodb.reset();
  sqs.reset();
  dynamodb.onAnyCommand().resolves({});
  sqs.onAnyCommand().resolves({});
};
