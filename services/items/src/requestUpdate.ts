import type { Condition, Update } from '@app/dynamodb';
import { expressions } from '@app/dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
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
  try {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName,
        Key: { requestId },
        ...expressions({ update: { set }, condition }),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { written: true, row: Attributes as RequestRow | undefined };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { written: false, row: error.Item && (unmarshall(error.Item) as RequestRow) };
  }
};
