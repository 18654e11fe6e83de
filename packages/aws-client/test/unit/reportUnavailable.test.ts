import { UnavailableError } from '@app/resource';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { reportUnavailable } from '../../src/index.ts';

interface Failure {
  readonly name?: string;
  readonly code?: string;
}

/** Answers every request with the same status and error type, or fails as a connection does. */
const network = (status: number, type = 'Unknown', failure?: Failure) => ({
  handle: async () => {
    if (failure) throw Object.assign(new Error('no answer'), failure);
    const body = new TextEncoder().encode(JSON.stringify({ __type: type }));
    return { response: { statusCode: status, headers: {}, body } };
  },
});

type Answer = Parameters<typeof network>;

const settings = (...answer: Answer) => ({
  region: 'eu-west-1',
  endpoint: 'http://127.0.0.1:9',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
  requestHandler: network(...answer) as never,
});

const head = (...answer: Answer) => {
  const client = new S3Client(settings(...answer));
  client.middlewareStack.use(reportUnavailable());
  return client.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' })).catch((error: unknown) => error);
};

const send = (...answer: Answer) => {
  const client = new SQSClient(settings(...answer));
  client.middlewareStack.use(reportUnavailable());
  return client
    .send(new SendMessageCommand({ QueueUrl: 'http://127.0.0.1:9/1/q', MessageBody: 'm' }))
    .catch((error: unknown) => error);
};

describe.each([
  ['S3', head],
  ['SQS', send],
])('a failure of %s', (_service, call) => {
  it.each([[500], [502], [503], [509]])('is an UnavailableError when the status is %i', async (status) => {
    const failure = await call(status);

    expect(failure).toBeInstanceOf(UnavailableError);
    expect((failure as Error).cause).toMatchObject({ $metadata: { httpStatusCode: status } });
  });

  it.each<[Failure]>([
    [{ code: 'ECONNREFUSED' }],
    [{ code: 'ECONNRESET' }],
    [{ code: 'ENOTFOUND' }],
    [{ name: 'TimeoutError' }],
  ])('is an UnavailableError where no answer comes: %j', async (failure) => {
    expect(await call(0, '', failure)).toMatchObject({ name: 'UnavailableError', cause: failure });
  });

  it.each([[400], [403], [404], [412]])('stays the SDK’s error when the status is %i', async (status) => {
    const failure = await call(status);

    expect(failure).toMatchObject({ $metadata: { httpStatusCode: status } });
    expect(failure).not.toBeInstanceOf(UnavailableError);
  });
});

it('of SQS that throttles is an UnavailableError', async () => {
  expect(await send(403, 'com.amazonaws.sqs#RequestThrottled')).toBeInstanceOf(UnavailableError);
});
