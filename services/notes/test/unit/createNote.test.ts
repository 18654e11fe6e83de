import { httpApiEvent, lambdaContext, parsed, type TestRequest } from '@app/test-support';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../src/handlers/createNote.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const body = { title: 'Milk', content: 'Two pints' };

const createNote = async (request: TestRequest) =>
  parsed(await handler(httpApiEvent({ method: 'POST', path: '/notes', ...request }), lambdaContext()));

const written = () => dynamodb.commandCalls(PutCommand).map((call) => call.args[0].input);

beforeEach(() => {
  dynamodb.reset();
});

describe('POST /notes', () => {
  it('responds 201 with the note, where it is and its entity tag', async () => {
    dynamodb.on(PutCommand).resolves({});

    const response = await createNote({ body });

    const { id, ...note } = response.body as Record<string, string>;
    expect(response).toMatchObject({
      status: 201,
      headers: { Location: `/notes/${id}`, ETag: expect.stringMatching(/^"1-[\da-z]+"$/), 'Cache-Control': 'no-store' },
    });
    expect(note).toEqual({ ...body, version: 1, createdAt: note.createdAt, updatedAt: note.createdAt });
  });

  it('writes one row, its owner and ttl with it, and only where none is', async () => {
    dynamodb.on(PutCommand).resolves({});

    const response = await createNote({ body: { ...body, expiresAt: '2999-01-01T00:00:00Z' }, subject: 'alice' });

    expect(written()).toMatchObject([
      {
        TableName: 'notes-dev',
        Item: { id: response.body?.id, ...body, ownerId: 'alice', ttl: 32_472_144_000 },
        ConditionExpression: expect.stringContaining('attribute_not_exists'),
      },
    ]);
  });

  it('says that an answer is a replay', async () => {
    dynamodb.on(PutCommand).resolvesOnce({});
    const headers = { 'idempotency-key': 'k' };
    await createNote({ body, headers });
    const Item = marshall(
      { ...written()[0]?.Item, createdAt: '2026-01-01T00:00:00.000Z' },
      { removeUndefinedValues: true },
    );
    dynamodb.on(PutCommand).rejects(new ConditionalCheckFailedException({ $metadata: {}, message: '', Item }));

    const response = await createNote({ body, headers });

    expect(response).toMatchObject({ status: 201, headers: { 'Idempotency-Replayed': 'true' }, body });
  });

  it('responds 400 to a note without a title, and writes nothing', async () => {
    const response = await createNote({ body: { content: '' } });

    expect(response.body).toMatchObject({
      status: 400,
      errors: [{ in: 'body', pointer: '/title', detail: 'is required' }],
    });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});
