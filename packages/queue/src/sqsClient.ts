import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';

/** Milliseconds. Two attempts stay below 4 s: a worker (10 s) has time left for what it does when sending fails. */
const timeouts = { connectionTimeout: 500, requestTimeout: 1500, throwOnRequestTimeout: true };

/** The SDK reads AWS_ENDPOINT_URL_SQS: local runs need no branch. */
export const createSqsClient = (config: SQSClientConfig = {}) =>
  new SQSClient({ maxAttempts: 2, requestHandler: timeouts, ...config });

/** One client per execution environment. */
export const sqsClient = /* @__PURE__ */ createSqsClient();
