import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

const client = new DynamoDBClient({});

/** The least that reads a memo. */
export const handler = async ({ pathParameters }: APIGatewayProxyEventV2) => {
  const Key = { id: { S: pathParameters?.id ?? '' } };
  const { Item } = await client.send(new GetItemCommand({ TableName: process.env.MEMOS_TABLE, Key }));
  const memo = Object.fromEntries(Object.entries(Item ?? {}).map(([name, value]) => [name, value.S ?? value.N]));
  return { statusCode: Item ? 200 : 404, body: JSON.stringify(memo) };
};
