import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What Lambda and serverless.yml would set. A running local cloud (startCloud.ts) has set its own before. */
const services = readdirSync(join(import.meta.dirname, '../../../services'));

const defaults: Record<string, string> = {
  AWS_ACCESS_KEY_ID: 'MockAccessKeyId', // as the local cloud has it: DynamoDB Local keeps tables apart by key
  AWS_SECRET_ACCESS_KEY: 'MockSecretAccessKey',
  AWS_REGION: 'eu-west-1',
  AWS_LAMBDA_FUNCTION_NAME: 'test',
  CORS_ORIGINS: 'http://localhost:3000,http://localhost:5173',
  POWERTOOLS_SERVICE_NAME: 'test',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  ASSETS_BUCKET: 'assets-dev-000000000000',
  ASSETS_MAX_BYTES: '104857600',
  REQUESTS_TABLE: 'items-requests-dev',
  CONNECTIONS_TABLE: 'items-connections-dev',
  WRITES_QUEUE_URL: 'http://127.0.0.1:9324/000000000000/items-writes-dev.fifo',
  READS_QUEUE_URL: 'http://127.0.0.1:9324/000000000000/items-reads-dev',
  NOTIFICATIONS_QUEUE_URL: 'http://127.0.0.1:9324/000000000000/items-notifications-dev',
  MAX_WAITERS: '50',
  WEBSOCKET_ENDPOINT: 'http://127.0.0.1:3015',
  ...Object.fromEntries(services.map((name) => [`${name.toUpperCase()}_TABLE`, `${name}-dev`])),
};

for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
