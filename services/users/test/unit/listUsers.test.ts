import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { usersApi } from '../support/usersApi.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const api = await usersApi();

const row = (updatedAt: string) => ({
  userId: crypto.randomUUID(),
  name: 'Ada',
  email: 'Ada@Example.com',
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt,
  emailKey: 'ada@example.com',
  listShard: '0',
  listPosition: 'p',
  ownerId: 'directory',
});

const queries = () => dynamodb.commandCalls(QueryCommand).map(({ args }) => args[0].input);

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(QueryCommand).resolves({ Items: [] });
});

describe('GET /users', () => {
  it('asks each of the four shards for a fourth of the page and one more', async () => {
    const response = await api.list('limit=25');

    expect(response.body).toEqual({ users: [], count: 0 });
    expect(new Set(queries().map(({ IndexName, Limit }) => `${IndexName} ${Limit}`))).toEqual(
      new Set(['createdAt-index 8']),
    );
    const shards = queries().flatMap(({ ExpressionAttributeValues }) => ExpressionAttributeValues?.[':v0'] as string);
    expect(shards).toEqual(['0', '1', '2', '3']);
  });

  it('ends a page short rather than read on and on through expired rows', async () => {
    const LastEvaluatedKey = { listPosition: '2026-01-01T00:00:00.000Z#a', listShard: '0', userId: 'a' };
    dynamodb.on(QueryCommand).resolves({ Items: [], LastEvaluatedKey });

    const { body } = await api.list();

    expect(body).toMatchObject({ users: [], count: 0, nextCursor: expect.any(String) });
    expect(queries()).toHaveLength(4 + 8);
  });

  it.each([
    ['limit=0', '/limit', 'must be 1 or more'],
    ['limit=101', '/limit', 'must be 100 or less'],
    ['limit=ten', '/limit', 'must be of type integer'],
    ['sort=name', '/sort', 'is not known'],
    ['email=ada', '/email', 'must be a valid email'],
    ['cursor=abc', '/cursor', 'must be a nextCursor of this list, unaltered'],
  ])('responds 400 to ?%s, and reads nothing', async (query, pointer, detail) => {
    const response = await api.list(query);

    expect(response).toMatchObject({ status: 400, body: { errors: [{ in: 'query', pointer, detail }] } });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});

describe('GET /users?email=', () => {
  it('asks the index for the lower-cased copy', async () => {
    await api.list('email=ADA%40example.COM');

    expect(queries()).toMatchObject([
      { IndexName: 'email-index', ExpressionAttributeValues: { ':v0': 'ada@example.com' } },
    ]);
  });

  it('shows the one that has the email by now, while the index lags behind', async () => {
    const [before, after] = [row('2026-01-02T00:00:00.000Z'), row('2026-01-03T00:00:00.000Z')];
    dynamodb.on(QueryCommand).resolves({ Items: [before, after] });

    const { body } = await api.list('email=ada%40example.com');

    expect(body).toMatchObject({ count: 1, users: [{ userId: after.userId }] });
    expect(body).not.toHaveProperty('nextCursor');
  });
});
