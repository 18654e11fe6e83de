import { UnavailableError } from '@app/resource';
import { httpApiEvent, lambdaContext, parsed, type TestRequest } from '@app/test-support';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../src/handlers/updateNote.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const row = {
  id,
  title: 'Milk',
  content: 'Two pints',
  version: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  ownerId: 'public',
};

const updateNote = async (request: TestRequest) =>
  parsed(
    await handler(httpApiEvent({ method: 'PUT', path: `/notes/${id}`, params: { id }, ...request }), lambdaContext()),
  );

const conditionFailedOn = (item?: object) =>
  new ConditionalCheckFailedException({ $metadata: {}, message: '', ...(item && { Item: marshall(item) }) });

beforeEach(() => {
  dynamodb.reset();
});

describe('PUT /notes/{id}', () => {
  it('responds 200 with the note and its new entity tag, and shows nothing that is internal', async () => {
    dynamodb.on(UpdateCommand).resolves({ Attributes: row });

    const response = await updateNote({ body: { title: 'Milk' } });

    const { ownerId: _ownerId, ...note } = row;
    expect(response).toMatchObject({ status: 200, headers: { ETag: '"2-mjuohs00"', 'Cache-Control': 'no-store' } });
    expect(response.body).toEqual(note);
  });

  it('responds 404 when the note does not exist', async () => {
    dynamodb.on(UpdateCommand).rejects(conditionFailedOn());

    const response = await updateNote({ body: { title: 'Milk' } });

    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({ type: '/problems/not-found', detail: `Note ${id} does not exist` });
  });

  it('responds 412 when the note is in another state than If-Match names', async () => {
    dynamodb.on(UpdateCommand).rejects(conditionFailedOn(row));

    const response = await updateNote({ headers: { 'if-match': '"1-mjuohs00"' }, body: { title: 'Milk' } });

    const { ExpressionAttributeValues: values = {} } = dynamodb.commandCalls(UpdateCommand)[0]?.args[0].input ?? {};
    expect(response.status).toBe(412);
    expect(Object.values(values)).toEqual(expect.arrayContaining([1, row.createdAt]));
  });

  it('responds 503 with Retry-After when DynamoDB is not available', async () => {
    dynamodb.on(UpdateCommand).rejects(new UnavailableError('slow'));

    const response = await updateNote({ body: { title: 'Milk' } });

    expect(response).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
  });

  it('hides what failed behind a 500', async () => {
    dynamodb.on(UpdateCommand).rejects(new Error('credentials of the moon'));

    const response = await updateNote({ body: { title: 'Milk' } });

    expect(response.status).toBe(500);
    expect(JSON.stringify(response.body)).not.toContain('moon');
  });

  it.each([
    ['an unknown field', { colour: 'red' }, '/colour', 'is not known'],
    ['an empty title', { title: '' }, '/title', 'must have at least 1 character'],
    ['null for a field', { expiresAt: null }, '/expiresAt', 'must be of type string'],
    ['nothing to change', {}, '', 'must have at least one field'],
  ])('responds 400 to %s, and writes nothing', async (_case, body, pointer, detail) => {
    const response = await updateNote({ body });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer, detail }] });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});

describe('PATCH /notes/{id}', () => {
  it('removes an optional field that is set to null', async () => {
    dynamodb.on(UpdateCommand).resolves({ Attributes: row });

    const response = await updateNote({ method: 'PATCH', body: { expiresAt: null } });

    expect(response.status).toBe(200);
    expect(dynamodb.commandCalls(UpdateCommand)[0]?.args[0].input.UpdateExpression).toMatch(/REMOVE #n\d+, #n\d+$/);
  });

  it('responds 400 to null for a field that is required', async () => {
    const response = await updateNote({ method: 'PATCH', body: { title: null } });

    expect(response.body).toMatchObject({ status: 400, errors: [{ pointer: '/title' }] });
  });

  it('responds 415 to a body that is sent as application/json', async () => {
    const response = await updateNote({
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: { title: 'Milk' },
    });

    expect(response.status).toBe(415);
  });
});
