import type { Table } from '@app/dynamodb/table';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

interface FillOptions {
  readonly client: DynamoDBClient;
  readonly TableName: string;
  readonly table: Table;
}

/**
 * Writes the derived attributes that rows do not have yet, as those of an index that is new. Before the index is made, so
 * that a start that was cut short is made good by the next.
 */
export const fillDerived = async ({ client, TableName, table }: FillOptions): Promise<void> => {
  const [{ DynamoDBDocumentClient, paginateScan, UpdateCommand }, { exists, expressions, withDerived }] =
    await Promise.all([import('@aws-sdk/lib-dynamodb'), import('@app/dynamodb')]);
  const documents = DynamoDBDocumentClient.from(client);
  const keys = [table.key, ...(table.sortKey === undefined ? [] : [table.sortKey])];
  for await (const { Items = [] } of paginateScan({ client: documents, pageSize: 100 }, { TableName })) {
    for (const row of Items) {
      if (table.resource && row['ownerId'] === undefined) continue; // a row of the table's own, in no index
      const missing = Object.entries(withDerived(table, row)).filter(([name]) => row[name] === undefined);
      if (missing.length === 0) continue;
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: Object.fromEntries(keys.map((key) => [key, row[key]])),
          ...expressions({ update: { set: Object.fromEntries(missing) }, condition: exists(table.key) }),
        }),
      );
    }
  }
};
