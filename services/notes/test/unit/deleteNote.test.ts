import { httpApiEvent, lambdaContext, parsed } from '@app/test-support';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../src/handlers/deleteNote.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const id = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const row = { id, title: 'Milk', version: 2, createdAt: '2026-01-01T00:00:00.000Z', ownerId: 'public' };

const deleteNote = async (headers: Record<string, string> = {}) =>
  parsed(
    await handler(httpApiEvent({ method: 'DELETE', path: `/notes/${id}`, params: { id }, headers }), lambdaContext()),
  );

const conditionFailedOn = (item?: object) =>
  new ConditionalCheckFailedException({ $metadata: {}, message: '', ...(item && { Item: marshall(item) }) });

beforeEach(() => {
  dynamodb.reset();
});

describe('DELETE /notes/{id}', () => {
  it('responds 204 without a body, after one conditional delete', async () => {
    dynamodb.on(DeleteCommand, { TableName: 'notes-dev', Key: { id } }).resolves({ Attributes: row });

    const response = await deleteNote();

    expect(response).toMatchObject({ status: 204, body: undefined });
    expect(dynamodb.calls().map((call) => call.args[0].input)).toMatchObject([
      { ConditionExpression: expect.stringContaining('attribute_exists') },
    ]);
  });

  it('responds 404 when the note does not exist', async () => {
    dynamodb.on(DeleteCommand).rejects(conditionFailedOn());

    expect((await deleteNote()).body).toMatchObject({ status: 404, type: '/problems/not-found' });
  });

  it('responds 412 when the note is in another state than If-Match names', async () => {
    dynamodb.on(DeleteCommand).rejects(conditionFailedOn(row));

    const response = await deleteNote({ 'if-match': '"1-mjuohs00"' });

    const { ExpressionAttributeValues: values = {} } = dynamodb.commandCalls(DeleteCommand)[0]?.args[0].input ?? {};
    expect(response.body).toMatchObject({ status: 412 });
    expect(Object.values(values)).toEqual(expect.arrayContaining([1, row.createdAt]));
  });

  it('responds 400 to a malformed If-Match, and deletes nothing', async () => {
    expect((await deleteNote({ 'if-match': 'two' })).body).toMatchObject({ status: 400 });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});
