import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { tasksApi } from '../support/tasksApi.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const api = tasksApi('ada');

const query = () => dynamodb.commandCalls(QueryCommand)[0]?.args[0].input;

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(QueryCommand).resolves({ Items: [] });
});

describe('GET /tasks', () => {
  it('asks the index of owners without a status, that of statuses with one', async () => {
    await api.list();
    const all = query();
    dynamodb.resetHistory();
    await api.list('status=in-progress');

    expect(all).toMatchObject({ IndexName: 'owner-createdAt-index', ExpressionAttributeValues: { ':v0': 'ada' } });
    expect(query()).toMatchObject({
      IndexName: 'status-index',
      ExpressionAttributeValues: { ':v0': 'ada#in-progress' },
    });
  });

  it.each([
    ['createdFrom=2026-01-01T00:00:00Z', /#n1 >= :v1$/, ['2026-01-01T00:00:00.000Z']],
    ['createdTo=2026-01-01T00:00:00.5Z', /#n1 <= :v1$/, ['2026-01-01T00:00:00.500Z']],
    [
      'createdFrom=2026-01-01T02:00:00%2B02:00&createdTo=2026-01-01t00:00:00z',
      /#n1 BETWEEN :v1 AND :v2$/,
      ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
    ],
  ])('bounds the query by ?%s, as times and inclusive', async (bounds, condition, values) => {
    const { status } = await api.list(bounds);

    expect(status).toBe(200);
    expect(query()?.KeyConditionExpression).toMatch(condition);
    expect(Object.values(query()?.ExpressionAttributeValues ?? {}).slice(1, -1)).toEqual(values);
  });

  it('responds 400 to a range that is upside down, naming both ends', async () => {
    const response = await api.list('createdFrom=2026-01-02T00:00:00Z&createdTo=2026-01-02T00:30:00%2B01:00');

    expect(response.body).toMatchObject({
      status: 400,
      errors: [{ in: 'query', pointer: '/createdFrom', detail: 'must not be later than createdTo' }],
    });
    expect(dynamodb.calls()).toHaveLength(0);
  });

  it.each([
    ['createdFrom=2026-02-30T00:00:00Z', '/createdFrom', 'must be a valid date-time'],
    ['createdTo=yesterday', '/createdTo', 'must be a valid date-time'],
    ['createdTo=2026-01-01T00:00:00%2B24:00', '/createdTo', 'must be a valid date-time'],
    ['status=done', '/status', 'must be one of pending, in-progress, completed, cancelled'],
    ['priority=high', '/priority', 'is not known'],
    ['status=pending&status=completed', '/status', 'must be given once'],
  ])('responds 400 to ?%s, and reads nothing', async (search, pointer, detail) => {
    const response = await api.list(search);

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'query', pointer, detail }] });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});
