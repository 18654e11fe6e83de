import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { measureCapacity } from './consumedCapacity.ts';
import { retryConflicts } from './retryConflicts.ts';

/**
 * Milliseconds. Four attempts of these and the waits between them stay below 15 s, so that a function (29 s, workers
 * 10 s with fewer) answers for its database instead of being cut off. Keep-alive is the SDK's default.
 */
const timeouts = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true };

/** A document client as every service uses it. The SDK reads AWS_ENDPOINT_URL_DYNAMODB: local runs need no branch. */
export const createDocumentClient = (config: DynamoDBClientConfig = {}) => {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ maxAttempts: 4, retryMode: 'adaptive', requestHandler: timeouts, ...config }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  client.middlewareStack.use(retryConflicts());
  client.middlewareStack.use(measureCapacity());
  return client;
};

/** One client per execution environment. */
export const documentClient = createDocumentClient();
