import { findPlugin, type Serverless } from './types.ts';

interface TableDefinition {
  readonly TableName: string;
  readonly KeySchema: readonly { AttributeName: string }[];
  readonly GlobalSecondaryIndexes?: readonly { IndexName: string }[];
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

/** Takes the running of its steps from serverless-dynamodb, which hooks `offline start` only. */
export const restrainServerlessDynamodb = (serverless: Serverless) => {
  const plugin = findPlugin<ServerlessDynamodb>(serverless, pluginName);
  if (!plugin) return undefined;
  plugin.config.start = { ...plugin.config.start, noStart: true, migrate: false, seed: false };
  plugin.log = () => {};
  return plugin;
};

/** Whose tables its next steps create and seed. */
export const pointAt = (plugin: ServerlessDynamodb, endpoint: string) => {
  const { hostname, port } = new URL(endpoint);
  plugin.config.start = {
    ...plugin.config.start,
    host: hostname,
    port: Number(port || 80),
    region: process.env['AWS_REGION'],
  };
};
