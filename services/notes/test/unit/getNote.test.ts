import { httpApiEvent, lambdaContext, parsed } from '@app/test-support';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../src/handlers/getNote.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const createdAt = '2026-01-01T00:00:00.000Z';
const note = { id, title: 'Milk', content: '', version: 2, createdAt, updatedAt: createdAt };
const row = { ...note, ownerId: 'public', ttl: 1, payloadDigest: 'digest' };

const getNote = async (headers: Record<string, string> = {}) =>
  parsed(await handler(httpApiEvent({ path: `/notes/${id}`, params: { id }, headers }), lambdaContext()));

beforeEach(() => {
  dynamodb.reset();
});

describe('GET /notes/{id}', () => {
  it('responds 200 with the note and nothing that is internal', async () => {
    dynamodb.on(GetCommand, { TableName: 'notes-dev', Key: { id } }).resolves({ Item: row });

    expect(await getNote()).toMatchObject({ status: 200, headers: { ETag: '"2-mjuohs00"' } });
    expect((await getNote()).body).toEqual(note);
  });

  it('shows an owner her own note', async () => {
    dynamodb.on(GetCommand).resolves({ Item: { ...row, ownerId: 'alice' } });
    const event = httpApiEvent({ path: `/notes/${id}`, params: { id }, subject: 'alice' });

    expect(await handler(event, lambdaContext())).toMatchObject({ statusCode: 200 });
  });

  it('responds 304 to a caller that has it', async () => {
    dynamodb.on(GetCommand).resolves({ Item: row });

    expect(await getNote({ 'if-none-match': '"2-mjuohs00"' })).toMatchObject({ status: 304, body: undefined });
  });

  it.each([
    ['does not exist', undefined],
    ["is another owner's", { ...row, ownerId: 'alice' }],
    ['has expired', { ...row, expiresAt: '2026-01-02T00:00:00.000Z' }],
  ])('responds 404 when the note %s', async (_case, Item) => {
    dynamodb.on(GetCommand).resolves({ ...(Item && { Item }) });

    const response = await getNote();

    expect(response.body).toMatchObject({ status: 404, detail: `Note ${id} does not exist` });
  });
});
