import type { Table } from '@app/dynamodb/table';
import type { DescribeTableCommandOutput, DynamoDBClient, TableDescription } from '@aws-sdk/client-dynamodb';
import { type ServerlessDynamodb, serverlessDynamodbAt, type TableDefinition } from '../../framework/dynamodbPlugin.ts';
import type { Serverless } from '../../framework/types.ts';
import { fillDerived } from './fillDerived.ts';
import { changeIndexes, compareIndexes } from './indexes.ts';
import { serviceTables } from './serviceTables.ts';

/** A table whose rows expire, and by which attribute. */
export interface TtlTable {
  readonly table: string;
  readonly attribute: string;
}

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

interface ExistingOptions {
  readonly client: DynamoDBClient;
  readonly warn: (message: string) => void;
  readonly tables: () => Promise<ReadonlyMap<string, Table>>;
}

/** Brings the indexes of a table that is there to what the service says now. No row is lost; `warn` hears what cannot be. */
const updateIndexes = async (
  existing: TableDescription,
  defined: TableDefinition,
  { client, warn, tables }: ExistingOptions,
) => {
  const changes = compareIndexes(existing, defined);
  for (const problem of changes.problems) warn(problem);
  const table = changes.added.length > 0 ? (await tables()).get(defined.TableName) : undefined;
  if (table) await fillDerived({ client, TableName: defined.TableName, table });
  await changeIndexes(client, defined, changes);
  for (const { IndexName } of changes.added) warn(`${defined.TableName} has the new index ${IndexName} now.`);
  for (const name of changes.removed) warn(`${defined.TableName} has no index ${name} any more.`);
};

/**
 * Creates a service's tables, from its own resources, where they are missing, and seeds those; tables that are there get the
 * indexes that they lack. Resolves to the tables whose rows expire; `warn` hears of every change, and of what cannot be changed.
 */
export const prepareTables = async (
  serverless: Serverless,
  { client, endpoint, warn }: { client: DynamoDBClient; endpoint: string; warn: (message: string) => void },
): Promise<TtlTable[]> => {
  const plugin = serverlessDynamodbAt(serverless, endpoint);
  if (!plugin) return [];
  const definitions = plugin.tableDefinitions;
  const expiring = definitions.flatMap(({ TableName: table, TimeToLiveSpecification: ttl }) =>
    ttl?.Enabled ? [{ table, attribute: ttl.AttributeName }] : [],
  );
  const created = new Set<string>();
  await Promise.all(
    definitions.map(async (defined) => {
      const existing = await describe(client, defined.TableName);
      if (existing) await updateIndexes(existing, defined, { client, warn, tables: () => serviceTables(serverless) });
      else created.add(defined.TableName);
    }),
  );
  await plugin.migrateHandler();
  await seed(plugin, created, client);
  return expiring;
};
