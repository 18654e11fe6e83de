import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A call that gets no answer fails, rather than holding up whatever comes after it. */
const answersInTime = { connectionTimeout: 2000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** A client for the engine; the SDK is loaded when it is first needed, while the engine and the build are starting. */
export const createClient = async (endpoint: string): Promise<DynamoDBClient> => {
  const sdk = await import('@aws-sdk/client-dynamodb');
  return new sdk.DynamoDBClient({ endpoint, maxAttempts: 3, requestHandler: answersInTime });
};
