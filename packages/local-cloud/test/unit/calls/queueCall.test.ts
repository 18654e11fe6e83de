import { describe, expect, it } from '@jest/globals';
import { readAwsCall } from '../../../src/sqs/awsCall.ts';
import { createTraceHeaders } from '../../../src/sqs/traceHeaders.ts';

const headersOf = (target: string) => ({
  'x-amz-target': target,
  authorization: 'AWS4-HMAC-SHA256 Credential=ASIAZFWDXKXMPYP4TZOP/20270101/eu-west-1/sqs/aws4_request',
});

describe('a request as a call of SQS', () => {
  it.each([
    ['its URL', { QueueUrl: 'http://127.0.0.1:9324/000000000000/writes.fifo' }],
    ['its name', { QueueName: 'writes.fifo' }],
  ])('names the queue by %s', (_how, body) => {
    expect(readAwsCall(headersOf('AmazonSQS.SendMessageBatch'), body)).toEqual({
      service: 'SQS',
      operation: 'SendMessageBatch',
      needs: [{ action: 'sqs:SendMessage', arn: 'arn:aws:sqs:eu-west-1:000000000000:writes.fifo' }],
      headers: headersOf('AmazonSQS.SendMessageBatch'),
      resources: ['writes.fifo'],
      input: JSON.stringify(body),
    });
  });

  it('names none where there is none', () => {
    expect(readAwsCall(headersOf('AmazonSQS.ListQueues'), {})).toMatchObject({
      needs: [{ action: 'sqs:ListQueues', arn: '*' }],
      resources: [],
    });
  });

  it('is one of SNS where it is a form with an action', () => {
    const TopicArn = 'arn:aws:sns:eu-west-1:000000000000:alarms';

    expect(readAwsCall({}, { Action: 'Publish', TopicArn, Message: 'hello' })).toMatchObject({
      service: 'SNS',
      operation: 'Publish',
      needs: [{ action: 'sns:Publish', arn: TopicArn }],
      resources: ['alarms'],
    });
    expect(readAwsCall({}, { Action: 'ListTopics' })).toMatchObject({
      needs: [{ action: 'sns:ListTopics', arn: '*' }],
      resources: [],
    });
  });

  it('has no more than 64 KB of its input', () => {
    const { input } = readAwsCall(headersOf('AmazonSQS.SendMessage'), { MessageBody: 'a'.repeat(200_000) });

    expect(input).toHaveLength(64 * 1024);
  });

  it.each([[undefined], [null], [''], [7], [[]], [{ QueueUrl: 7 }], [{ QueueUrl: null }], [{ QueueName: 7 }]])(
    'leaves it to the engine to refuse the body %j',
    (body) => {
      expect(() => readAwsCall(headersOf('AmazonSQS.SendMessage'), body)).not.toThrow();
    },
  );
});

describe('the trace headers of messages', () => {
  it('are found by message id', () => {
    const headers = createTraceHeaders();
    headers.set('message 1', 'Root=1-a');

    expect(headers.get('message 1')).toBe('Root=1-a');
    expect(headers.get('message 2')).toBeUndefined();
  });

  it('are forgotten, the oldest first, when there are too many', () => {
    const headers = createTraceHeaders();
    for (let number = 0; number <= 50_000; number += 1) headers.set(`message ${number}`, 'header');

    expect(headers.get('message 0')).toBeUndefined();
    expect(headers.get('message 1')).toBe('header');
    expect(headers.get('message 50000')).toBe('header');
  });
});
