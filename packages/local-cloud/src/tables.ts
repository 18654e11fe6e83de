import type { DescribeTableCommandOutput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { findPlugin, type Serverless } from './serverless/types.ts';

interface TableDefinition {
  readonly TableName: string;
  readonly KeySchema: readonly { AttributeName: string }[];
  readonly GlobalSecondaryIndexes?: readonly { IndexName: string }[];
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
}
interface ServerlessDynamodb {
  readonly config: { start?: Record<string, unknown> };
  readonly tableDefinitions: readonly TableDefinition[];
  readonly seedSources: readonly { readonly table: string }[];
  log(message: string): void;
  migrateHandler(): Promise<void>;
  seedHandler(): Promise<void>;
}

/** A table whose rows expire, and by which attribute. */
export interface TtlTable {
  readonly table: string;
  readonly attribute: string;
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

const pointAt = (plugin: ServerlessDynamodb, endpoint: string) => {
  const { hostname, port } = new URL(endpoint);
  plugin.config.start = {
    ...plugin.config.start,
    host: hostname,
    port: Number(port || 80),
    region: process.env['AWS_REGION'],
  };
};

const indexNames = (indexes: readonly { IndexName?: string | undefined }[] = []) =>
  indexes
    .map(({ IndexName = '' }) => IndexName)
    .toSorted((a, b) => a.localeCompare(b))
    .join(', ');

const describe = async (client: DynamoDBClient, TableName: string): Promise<DescribeTableCommandOutput['Table']> => {
  const { DescribeTableCommand, ResourceNotFoundException } = await import('@aws-sdk/client-dynamodb');
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const remove = async (client: DynamoDBClient, tables: Iterable<string>) => {
  const { DeleteTableCommand } = await import('@aws-sdk/client-dynamodb');
  for (const TableName of tables) await client.send(new DeleteTableCommand({ TableName }));
};

/** Seeds are for new tables only: rows that were deleted or changed since must not come back with a restart. */
const seed = async (plugin: ServerlessDynamodb, created: ReadonlySet<string>, client: DynamoDBClient) => {
  Object.defineProperty(plugin, 'seedSources', { value: plugin.seedSources.filter(({ table }) => created.has(table)) });
  try {
    await plugin.seedHandler();
  } catch (error) {
    await remove(client, created); // else the next start would find them there, and never seed them
    throw error;
  }
};

/**
 * Creates a service's tables, from its own resources, where they are missing, and seeds those. Resolves to the tables
 * whose rows expire; `warn` hears of a table that is there with other indexes than the resources have now.
 */
export const prepareTables = async (
  serverless: Serverless,
  { client, endpoint, warn }: { client: DynamoDBClient; endpoint: string; warn: (message: string) => void },
): Promise<TtlTable[]> => {
  const plugin = restrainServerlessDynamodb(serverless);
  if (!plugin) return [];
  pointAt(plugin, endpoint);
  const definitions = plugin.tableDefinitions;
  const expiring = definitions.flatMap(({ TableName: table, TimeToLiveSpecification: ttl }) =>
    ttl?.Enabled ? [{ table, attribute: ttl.AttributeName }] : [],
  );
  const created = new Set<string>();
  await Promise.all(
    definitions.map(async ({ TableName, GlobalSecondaryIndexes }) => {
      const existing = await describe(client, TableName);
      if (!existing) created.add(TableName);
      else if (indexNames(existing.GlobalSecondaryIndexes) !== indexNames(GlobalSecondaryIndexes))
        warn(
          `${TableName} was created with other indexes than resources.yml has now: npm start -- --fresh makes it anew.`,
        );
    }),
  );
  await plugin.migrateHandler();
  await seed(plugin, created, client);
  return expiring;
};
