import { reportUnavailable, timeouts } from '@app/aws-client';
import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import { SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';

/** Parameter Store, read with our time-outs. The SDK reads AWS_ENDPOINT_URL_SSM: local runs need no branch. */
export const createParameters = (config: SSMClientConfig = {}) => {
  const client = new SSMClient({ maxAttempts: 2, requestHandler: timeouts, ...config });
  client.middlewareStack.use(reportUnavailable());
  return new SSMProvider({ awsSdkV3Client: client });
};

/** One for each execution environment: what it has read is kept here. */
export const parameters = /* @__PURE__ */ createParameters();
