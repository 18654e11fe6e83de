import type { IncomingHttpHeaders } from 'node:http';
import { arnsIn } from '../calls/arns.ts';
import type { AwsCall } from '../calls/call.ts';
import { snsNeeds, sqsNeeds } from '../calls/needs.ts';
import { signerOf } from '../identity/signer.ts';

const longestKept = 64 * 1024; // characters of an input

/** As much of an input of SQS or SNS as says what it is about. */
interface Input {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly Action?: string;
  readonly TopicArn?: string;
}

/** A request whose body fauxqs has read, as a call. SNS is spoken in forms, SQS in JSON. */
export const readAwsCall = (headers: IncomingHttpHeaders, body: unknown): AwsCall => {
  const { QueueUrl, QueueName, Action, TopicArn } = (body ?? {}) as Input;
  const input = JSON.stringify(body)?.slice(0, longestKept);
  if (Action !== undefined)
    return {
      service: 'SNS',
      operation: Action,
      needs: snsNeeds(Action, TopicArn),
      headers,
      resources: TopicArn === undefined ? [] : [TopicArn.split(':').at(-1) ?? ''],
      input,
    };
  const operation =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const named = QueueUrl ?? QueueName;
  const queue = typeof named === 'string' ? named.split('/').at(-1) : undefined;
  const arns = arnsIn(signerOf(headers)?.region ?? '');
  return {
    service: 'SQS',
    operation,
    needs: sqsNeeds(arns, operation, queue),
    headers,
    resources: queue === undefined ? [] : [queue],
    input,
  };
};
