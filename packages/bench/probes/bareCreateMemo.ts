import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

const client = new DynamoDBClient({});

/** The least that stores a memo: no validation, no conventions, no log. */
export const handler = async ({ body }: APIGatewayProxyEventV2) => {
  const { title, content } = JSON.parse(body ?? '') as { title: string; content: string };
  const memo = { id: randomUUID(), title, content, ownerId: 'public', createdAt: new Date().toISOString() };
  const Item = Object.fromEntries(Object.entries(memo).map(([name, value]) => [name, { S: value }]));
  await client.send(new PutItemCommand({ TableName: process.env.MEMOS_TABLE, Item }));
  return { statusCode: 201, body: JSON.stringify(memo) };
};
