import { serviceEnvironment } from './serviceEnvironment.ts';

/** What Lambda and serverless.yml would set. A running local cloud (startCloud.ts) has set its own before. */
const defaults: Record<string, string> = {
  ...serviceEnvironment(),
  AWS_ACCESS_KEY_ID: 'MockAccessKeyId', // as the local cloud has it: DynamoDB Local keeps tables apart by key
  AWS_SECRET_ACCESS_KEY: 'MockSecretAccessKey',
  AWS_REGION: 'eu-west-1',
  AWS_LAMBDA_FUNCTION_NAME: 'test',
  CORS_ORIGINS: 'http://localhost:3000,http://localhost:5173',
  POWERTOOLS_SERVICE_NAME: 'test',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
};

for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
