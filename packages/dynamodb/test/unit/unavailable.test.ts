import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnavailableError } from '@app/resource';
import { cancelled, type DynamoDbReply, noAnswer, refusal, stubDynamoDb } from '@app/test-support';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createDocumentClient } from '../../src/documentClient.ts';

const failureOf = (config: Parameters<typeof createDocumentClient>[0]): Promise<unknown> =>
  createDocumentClient({ maxAttempts: 1, ...config })
    .send(new GetCommand({ TableName: 't', Key: { id: '1' } }))
    .catch((error: unknown) => error);

const refusedBy = (reply: DynamoDbReply) => failureOf({ requestHandler: stubDynamoDb(reply).requestHandler });

beforeAll(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no waits between attempts
});

afterAll(() => {
  jest.restoreAllMocks();
});

describe('a failure of the document client', () => {
  it.each([
    ['a table that is throttled', refusal('ProvisionedThroughputExceededException')],
    ['an account that is throttled', refusal('ThrottlingException')],
    ['a request limit', refusal('RequestLimitExceeded')],
    ['an error of the service', refusal('InternalServerError', {}, 500)],
    ['a service that is away', refusal('ServiceUnavailable', {}, 503)],
    ['any other failure of the service', refusal('Unknown', {}, 509)],
    ['a transaction that is throttled', cancelled('None', 'ThrottlingError')],
    ['a transaction over its throughput', cancelled('ProvisionedThroughputExceeded', 'None')],
    ['a transaction in conflict', cancelled('TransactionConflict', 'None')],
    ['a write in conflict', refusal('TransactionConflictException')],
    ['a transaction that is still under way', refusal('TransactionInProgressException')],
  ])('is an UnavailableError with the SDK’s error as its cause: %s', async (_case, reply) => {
    const failure = await refusedBy(reply);

    expect(failure).toBeInstanceOf(UnavailableError);
    expect((failure as Error).cause).toMatchObject({ $metadata: { attempts: 1 } });
  });

  it.each([
    ['a condition that did not hold', refusal('ConditionalCheckFailedException')],
    ['a transaction whose condition did not hold', cancelled('ConditionalCheckFailed', 'None')],
    ['a request that is wrong', refusal('ValidationException')],
    ['a table that is not there', refusal('ResourceNotFoundException')],
    ['a role that may not', refusal('AccessDeniedException')],
  ])('stays the SDK’s error: %s', async (_case, reply) => {
    const failure = await refusedBy(reply);

    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(UnavailableError);
  });
});

describe('a database that cannot be reached', () => {
  let server: Server;
  let endpoint = '';

  beforeAll(async () => {
    server = createServer(() => undefined); // takes requests and never answers
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is unavailable when it does not answer in time', async () => {
    const failure = await failureOf({ endpoint, requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true } });

    expect(failure).toMatchObject({ name: 'UnavailableError', cause: { name: 'TimeoutError' } });
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND'])('is unavailable after %s', async (code) => {
    expect(await refusedBy(noAnswer('Error', code))).toBeInstanceOf(UnavailableError);
  });
});
