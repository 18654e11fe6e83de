import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { measureCapacity } from './consumedCapacity.ts';
import { noteLostAnswers } from './lostAnswers.ts';
import { retryConflicts } from './retryConflicts.ts';

/**
 * Milliseconds. Four attempts of these and the waits between them end within 10 s: a function (29 s) answers for its
 * database instead of being cut off. DynamoDB itself answers in 10 ms; a page of 1 MB takes some hundred. Keep-alive is
 * the SDK's default.
 */
const timeouts = { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true };

/** A document client as every service uses it. The SDK reads AWS_ENDPOINT_URL_DYNAMODB: local runs need no branch. */
export const createDocumentClient = (config: DynamoDBClientConfig = {}) => {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ maxAttempts: 4, retryMode: 'adaptive', requestHandler: timeouts, ...config }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  client.middlewareStack.use(noteLostAnswers());
  client.middlewareStack.use(retryConflicts());
  client.middlewareStack.use(measureCapacity());
  return client;
};

/** One client per execution environment. */
export const documentClient = /* @__PURE__ */ createDocumentClient();
