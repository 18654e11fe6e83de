import { httpApiEvent, lambdaContext, parsed } from '@app/test-support';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../src/handlers/listNotes.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const createdAt = '2026-01-01T00:00:00.000Z';
const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const note = { id, title: 'Milk', content: '', version: 1, createdAt, updatedAt: createdAt };
const row = { ...note, ownerId: 'public', ttl: 1, payloadDigest: 'digest' };

const listNotes = async (query = '', subject = 'public') =>
  parsed(await handler(httpApiEvent({ path: '/notes', query, subject }), lambdaContext()));

beforeEach(() => {
  dynamodb.reset();
});

describe('GET /notes', () => {
  it('responds 200 with a page of notes and nothing that is internal', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: [row, row] });

    const response = await listNotes();

    expect(response).toMatchObject({ status: 200, headers: { 'Cache-Control': 'no-store' } });
    expect(response.body).toEqual({ notes: [note, note], count: 2 });
  });

  it('leads on to the next page by body and by header', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: [row], LastEvaluatedKey: { ownerId: 'public', createdAt, id } });

    const first = await listNotes('limit=1');
    const { nextCursor } = first.body as { nextCursor: string };
    await listNotes(`limit=1&cursor=${nextCursor}`);

    expect(first.headers.Link).toBe(`</notes?limit=1&cursor=${nextCursor}>; rel="next"`);
    expect(dynamodb.commandCalls(QueryCommand)[1]?.args[0].input.ExclusiveStartKey).toEqual({
      ownerId: 'public',
      createdAt,
      id,
    });
  });

  it('queries the caller’s own notes in the index, and never scans', async () => {
    dynamodb.on(QueryCommand).resolves({ Items: [] });

    await listNotes('', 'alice');

    expect(dynamodb.calls().map((call) => call.args[0].input)).toMatchObject([
      {
        TableName: 'notes-dev',
        IndexName: 'owner-createdAt-index',
        KeyConditionExpression: '#n0 = :v0',
        ExpressionAttributeValues: { ':v0': 'alice' },
      },
    ]);
  });
});
