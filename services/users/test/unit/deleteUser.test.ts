import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { usersApi } from '../support/usersApi.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const api = await usersApi();
const userId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const Item = {
  userId,
  name: 'Ada',
  email: 'Ada@Example.com',
  version: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  ownerId: 'directory',
};

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({ Item });
  dynamodb.on(TransactWriteCommand).resolves({});
});

describe('DELETE /users/{userId}', () => {
  it('responds 200 with a confirmation, and removes user and marker in one transaction', async () => {
    const response = await api.remove(userId);

    expect(response).toMatchObject({ status: 200, body: { message: 'User deleted', userId } });
    const [transaction] = dynamodb.commandCalls(TransactWriteCommand);
    expect(transaction?.args[0].input.TransactItems?.map((write) => write.Delete?.Key)).toEqual([
      { userId },
      { userId: 'EMAIL#ada@example.com' },
    ]);
  });

  it('responds 404 when the user does not exist', async () => {
    dynamodb.on(GetCommand).resolves({});

    const response = await api.remove(userId);

    expect(response).toMatchObject({ status: 404, body: { detail: `User ${userId} does not exist` } });
  });

  it('responds 412 when the user is in another state than If-Match names', async () => {
    const response = await api.remove(userId, { 'if-match': '"1-mjuohs00"' });

    expect(response.status).toBe(412);
    expect(dynamodb.commandCalls(TransactWriteCommand)).toHaveLength(0);
  });

  it('reads anew when the user changed in between, and deletes what it finds then', async () => {
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }];
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(new TransactionCanceledException({ $metadata: {}, message: '', CancellationReasons }))
      .resolves({});

    const response = await api.remove(userId);

    expect(response.status).toBe(200);
    expect(dynamodb.commandCalls(GetCommand)).toHaveLength(2);
  });
});
