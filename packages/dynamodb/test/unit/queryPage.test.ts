import { InvalidStartKeyError } from '@app/resource';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { createDocumentClient } from '../../src/documentClient.ts';
import { between } from '../../src/expressions.ts';
import { type PageQuery, queryPage } from '../../src/index.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const thingsOf = (...ids: string[]) => ids.map((id) => ({ id, version: 1, createdAt: `at-${id}`, updatedAt: 'later' }));
const rowsOf = (...ids: string[]) =>
  thingsOf(...ids).map((thing) => Object.assign(thing, { ownerId: 'alice', ttl: 1 }));
const keyOf = (id: string) => ({ ownerId: 'alice', createdAt: `at-${id}`, id });

const shown = ({ ownerId: _owner, ttl: _ttl, ...thing }: Record<string, unknown>) => thing;

const query = (changes: Partial<PageQuery<object>> = {}) =>
  queryPage<object>({
    client: createDocumentClient(),
    TableName: 'notes-dev',
    IndexName: 'owner-createdAt-index',
    partition: { ownerId: 'alice' },
    keyAttributes: ['createdAt', 'id'],
    page: { limit: 2 },
    show: (row) => shown({ ...row }),
    ...changes,
  });

const inputs = () => dynamodb.commandCalls(QueryCommand).map((call) => call.args[0].input);

beforeEach(() => {
  dynamodb.reset();
});

describe('queryPage', () => {
  it('queries one partition of the index, newest first, without expired rows', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: rowsOf('a', 'b') });

    const page = await query();

    expect(page).toEqual({ items: thingsOf('a', 'b'), lastKey: undefined });
    expect(inputs()).toMatchObject([
      {
        TableName: 'notes-dev',
        IndexName: 'owner-createdAt-index',
        KeyConditionExpression: '#n0 = :v0',
        FilterExpression: '(attribute_not_exists(#n1)) OR (#n1 > :v1)',
        ExpressionAttributeNames: { '#n0': 'ownerId', '#n1': 'expiresAt' },
        ExpressionAttributeValues: { ':v0': 'alice', ':v1': expect.stringMatching(/Z$/) },
        Limit: 2,
        ScanIndexForward: false,
        ExclusiveStartKey: undefined,
      },
    ]);
  });

  it('ends a page that DynamoDB ended for its size, instead of asking for more', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: rowsOf('a'), ScannedCount: 1, LastEvaluatedKey: keyOf('a') });

    const page = await query({ page: { limit: 9 } });

    expect(page).toEqual({ items: thingsOf('a'), lastKey: ['at-a', 'a'] });
    expect(inputs()).toHaveLength(1);
  });

  it('ends a page where a response would be too large for Lambda, and leads on from there', async () => {
    const content = '\n'.repeat(900_000); // four characters each, as JSON within JSON
    const rows = rowsOf('a', 'b', 'c').map((row) => Object.assign(row, { content }));
    dynamodb.on(QueryCommand).resolves({ Items: rows });

    const { items, lastKey } = await query({ page: { limit: 3 } });

    expect(items).toHaveLength(1);
    expect(lastKey).toEqual(['at-a', 'a']);
  });

  it('adds a range to the key condition', async () => {
    dynamodb.on(QueryCommand).resolves({});

    await query({ range: between('createdAt', 'a', 'b') });

    expect(inputs()[0]?.KeyConditionExpression).toBe('#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2');
  });

  it('begins after the key of a cursor, in the partition of the caller', async () => {
    dynamodb.on(QueryCommand).resolves({});

    await query({ page: { limit: 2, after: ['at-b', 'b'] } });

    expect(inputs()[0]?.ExclusiveStartKey).toEqual(keyOf('b'));
  });

  it('hands on the key of the last row where more may follow', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: rowsOf('a', 'b'), LastEvaluatedKey: keyOf('b') });

    expect(await query()).toEqual({ items: thingsOf('a', 'b'), lastKey: ['at-b', 'b'] });
    expect(inputs()).toHaveLength(1);
  });

  it('fills a page from which rows were filtered out, and never over its limit', async () => {
    dynamodb
      .on(QueryCommand)
      .resolvesOnce({ Items: rowsOf('a'), LastEvaluatedKey: keyOf('b') })
      .resolvesOnce({ Items: [], LastEvaluatedKey: keyOf('c') })
      .resolves({ Items: rowsOf('d'), LastEvaluatedKey: keyOf('d') });

    const page = await query();

    expect(page).toEqual({ items: thingsOf('a', 'd'), lastKey: ['at-d', 'd'] });
    expect(inputs()).toMatchObject([
      { Limit: 2, ExclusiveStartKey: undefined },
      { Limit: 1, ExclusiveStartKey: keyOf('b') },
      { Limit: 1, ExclusiveStartKey: keyOf('c') },
    ]);
  });

  it('ends a page short after four queries, with a key to go on from', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: [], LastEvaluatedKey: keyOf('z') });

    const page = await query();

    expect(page).toEqual({ items: [], lastKey: ['at-z', 'z'] });
    expect(inputs()).toHaveLength(4);
  });

  it.each([
    ['too few parts', ['at-b']],
    ['too many parts', ['at-b', 'b', 'c']],
    ['no parts', []],
  ])('refuses a start key of %s', async (_case, after) => {
    await expect(query({ page: { limit: 2, after } })).rejects.toThrow(InvalidStartKeyError);

    expect(inputs()).toHaveLength(0);
  });
});
