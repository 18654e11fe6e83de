import { reportUnavailable, timeouts } from '@app/aws-client';
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';

/** The SDK reads AWS_ENDPOINT_URL_SQS: local runs need no branch. */
export const createSqsClient = (config: SQSClientConfig = {}) => {
  const client = new SQSClient({ maxAttempts: 2, requestHandler: timeouts, ...config });
  client.middlewareStack.use(reportUnavailable());
  return client;
};

/** One client per execution environment. */
export const sqsClient = /* @__PURE__ */ createSqsClient();
