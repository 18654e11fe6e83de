import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cancelled, type DynamoDbReply, noAnswer, refusal, stubDynamoDb } from '@app/test-support';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createDocumentClient } from '../../src/documentClient.ts';
import { isUnavailable } from '../../src/unavailable.ts';

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

describe('isUnavailable', () => {
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
  ])('is true of %s', async (_case, reply) => {
    expect(isUnavailable(await refusedBy(reply))).toBe(true);
  });

  it.each([
    ['a condition that did not hold', refusal('ConditionalCheckFailedException')],
    ['a transaction whose condition did not hold', cancelled('ConditionalCheckFailed', 'None')],
    ['a request that is wrong', refusal('ValidationException')],
    ['a table that is not there', refusal('ResourceNotFoundException')],
    ['a role that may not', refusal('AccessDeniedException')],
  ])('is false of %s', async (_case, reply) => {
    expect(isUnavailable(await refusedBy(reply))).toBe(false);
  });

  it.each([
    ['an error of our own', new Error('x')],
    ['no error', undefined],
    ['a text', 'TimeoutError'],
  ])('is false of %s', (_case, error) => {
    expect(isUnavailable(error)).toBe(false);
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

    expect(failure).toMatchObject({ name: 'TimeoutError' });
    expect(isUnavailable(failure)).toBe(true);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND'])('is unavailable after %s', async (code) => {
    expect(isUnavailable(await refusedBy(noAnswer('Error', code)))).toBe(true);
  });
});
