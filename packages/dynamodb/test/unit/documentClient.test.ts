import { refusal, reply, stubDynamoDb } from '@app/test-support';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, jest } from '@jest/globals';
import { createDocumentClient } from '../../src/documentClient.ts';

interface HandlerConfig {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly throwOnRequestTimeout: boolean;
  readonly httpAgent?: { readonly keepAlive: boolean };
  readonly httpsAgent?: { readonly keepAlive: boolean };
}

const handlerConfig = async () => {
  const { requestHandler } = createDocumentClient().config;
  const { configProvider } = requestHandler as unknown as { configProvider: Promise<HandlerConfig> };
  return configProvider;
};

describe('createDocumentClient', () => {
  it('gives up on its database well before a function is cut off (29 s)', async () => {
    const { connectionTimeout, requestTimeout, throwOnRequestTimeout } = await handlerConfig();
    const attempts = await createDocumentClient().config.maxAttempts();

    expect(throwOnRequestTimeout).toBe(true);
    expect(attempts).toBeGreaterThan(1);
    expect(attempts * (connectionTimeout + requestTimeout)).toBeLessThanOrEqual(16_000);
  });

  it('keeps connections alive', async () => {
    expect(await handlerConfig()).toMatchObject({ httpsAgent: { keepAlive: true } });
  });

  it('leaves out attributes that are undefined', async () => {
    const { requestHandler, requests } = stubDynamoDb();

    await createDocumentClient({ requestHandler }).send(
      new PutCommand({ TableName: 't', Item: { id: '1', ttl: undefined } }),
    );

    expect(requests).toMatchObject([{ operation: 'PutItem', input: { Item: { id: { S: '1' } } } }]);
    expect(requests[0]?.input.Item).not.toHaveProperty('ttl');
  });

  it('tries again what is throttled', async () => {
    const { requestHandler, requests } = stubDynamoDb(refusal('ThrottlingException'), reply());
    const random = jest.spyOn(Math, 'random').mockReturnValue(0); // no wait

    await createDocumentClient({ requestHandler }).send(new PutCommand({ TableName: 't', Item: { id: '1' } }));

    random.mockRestore();
    expect(requests).toHaveLength(2);
  });
});
