import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A client for the engine; the SDK is loaded when it is first needed, while the engine and the build are starting. */
export const createClient = async (endpoint: string): Promise<DynamoDBClient> => {
  const sdk = await import('@aws-sdk/client-dynamodb');
  return new sdk.DynamoDBClient({ endpoint, maxAttempts: 3 });
};
