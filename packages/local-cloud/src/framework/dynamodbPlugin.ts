import type { AttributeDefinition, GlobalSecondaryIndex } from '@aws-sdk/client-dynamodb';
import { findPlugin, type Serverless } from './types.ts';

/** A table as the template has it. */
export interface TableDefinition {
  readonly TableName: string;
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType?: string }[];
  readonly AttributeDefinitions?: readonly AttributeDefinition[];
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
}

/** The little of serverless-dynamodb that is used. */
export interface ServerlessDynamodb {
  readonly config: { start?: Record<string, unknown> };
  readonly tableDefinitions: readonly TableDefinition[];
  readonly seedSources: readonly { readonly table: string }[];
  log(message: string): void;
  migrateHandler(): Promise<void>;
  seedHandler(): Promise<void>;
}

const pluginName = 'ServerlessDynamoDBPlugin';

/**
 * The service's serverless-dynamodb, if it names it, for tables and seeds at `endpoint`. Its own hooks belong to
 * serverless-offline's command and never run here. What it does is said in its place, so it says nothing.
 */
export const serverlessDynamodbAt = (serverless: Serverless, endpoint: string): ServerlessDynamodb | undefined => {
  const plugin = findPlugin<ServerlessDynamodb>(serverless, pluginName);
  if (!plugin) return undefined;
  const { hostname, port } = new URL(endpoint);
  const engine = { host: hostname, port: Number(port || 80), region: process.env['AWS_REGION'] };
  plugin.config.start = { ...plugin.config.start, ...engine };
  plugin.log = () => {};
  return plugin;
};
