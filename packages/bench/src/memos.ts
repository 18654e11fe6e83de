import { tableResources } from '@app/serverless-config/tables';
import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { memosTable } from './memosTable.ts';

/** The memos' table without its stream, whose records make the local engine slower with every row. */
export const createMemosTable = async (client: DynamoDBDocumentClient, TableName: string) => {
  const resources = tableResources({ memosTable }, { names: { memos: TableName }, isDurable: false });
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = resources['MemosTable']?.Properties ?? {};
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema,
      AttributeDefinitions,
      GlobalSecondaryIndexes,
    } as CreateTableCommandInput),
  );
};
