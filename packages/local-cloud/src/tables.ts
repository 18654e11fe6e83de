import type { DescribeTableCommandOutput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { pointAt, restrainServerlessDynamodb, type ServerlessDynamodb } from './serverless/dynamodbPlugin.ts';
import type { Serverless } from './serverless/types.ts';

/** A table whose rows expire, and by which attribute. */
export interface TtlTable {
  readonly table: string;
  readonly attribute: string;
}

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
