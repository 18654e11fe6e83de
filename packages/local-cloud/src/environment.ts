/** Those that serverless-dynamodb signs with: engines that keep a database per key and region must see one caller. */
export const credentials = { accessKeyId: 'MockAccessKeyId', secretAccessKey: 'MockSecretAccessKey' };

/**
 * What differs on a laptop, all of it: service code holds no local branch. serverless-offline hands functions every
 * variable that begins with AWS_, and what stands in the provider's environment.
 */
export const awsEnvironment = (dynamodbEndpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_REGION: 'eu-west-1',
});

/** A developer's own credentials must never be used by mistake. */
const foreign = ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_PROFILE', 'AWS_ENDPOINT_URL'];

export const applyAwsEnvironment = (dynamodbEndpoint: string) => {
  for (const name of foreign) delete process.env[name];
  Object.assign(process.env, awsEnvironment(dynamodbEndpoint));
};

/** Metrics as log lines only clutter a terminal; any POWERTOOLS_ variable of the caller goes before. */
export const functionEnvironment = (caller: NodeJS.ProcessEnv): Record<string, string> => ({
  POWERTOOLS_METRICS_DISABLED: 'true',
  ...Object.fromEntries(
    Object.entries(caller).filter(
      (entry): entry is [string, string] => entry[0].startsWith('POWERTOOLS_') && !!entry[1],
    ),
  ),
});
