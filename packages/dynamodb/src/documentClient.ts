import { reportUnavailable, timeouts } from '@app/aws-client';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { measureCapacity } from './consumedCapacity.ts';
import { noteLostAnswers } from './lostAnswers.ts';
import { passes, retryConflicts } from './retryConflicts.ts';

/** A document client as every service uses it. The SDK reads AWS_ENDPOINT_URL_DYNAMODB: local runs need no branch. */
export const createDocumentClient = (config: DynamoDBClientConfig = {}) => {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ maxAttempts: 4, retryMode: 'adaptive', requestHandler: timeouts, ...config }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  client.middlewareStack.use(noteLostAnswers());
  client.middlewareStack.use(retryConflicts());
  client.middlewareStack.use(measureCapacity());
  client.middlewareStack.use(reportUnavailable(passes));
  return client;
};

/** One client per execution environment. */
export const documentClient = /* @__PURE__ */ createDocumentClient();
