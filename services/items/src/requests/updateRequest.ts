import { type Condition, conditionalUpdate, type Update } from '@app/dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RequestRow } from './requestRow.ts';

/** Where requests are kept. */
export interface RequestTable {
  readonly client: DynamoDBDocumentClient;
  readonly TableName: string;
}

interface RequestUpdate {
  readonly requestId: string;
  readonly set: Update['set'];
  readonly condition: Condition;
}

/** Resolves to the row as it is now, or to the one that the condition was refused for. */
export const updateRequest = async (
  { client, TableName }: RequestTable,
  { requestId, set, condition }: RequestUpdate,
): Promise<{ written: boolean; row: RequestRow | undefined }> => {
  const { written, row } = await conditionalUpdate(client, {
    TableName,
    Key: { requestId },
    update: { set },
    condition,
  });
  return { written, row: row as RequestRow | undefined };
};
