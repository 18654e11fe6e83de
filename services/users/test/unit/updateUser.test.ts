import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { usersApi } from '../support/usersApi.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const api = await usersApi();
const userId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const user = {
  userId,
  name: 'Ada',
  email: 'Ada@Example.com',
  department: 'Engines',
  version: 2,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
};
const row = { ...user, emailKey: 'ada@example.com', listShard: '0', listPosition: 'p', ownerId: 'directory' };
const entityTag = '"2-mjuohs00"';

const cancelledFor = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: '',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

const writes = () => dynamodb.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({ Item: row });
  dynamodb.on(TransactWriteCommand).resolves({});
});

describe('PUT /users/{userId}', () => {
  it('writes an ordinary change with one conditional update, and reads nothing before it', async () => {
    dynamodb.on(UpdateCommand).resolves({ Attributes: { ...row, name: 'Countess' } });

    const response = await api.update(userId, { name: 'Countess', department: 'Poetry' });

    expect(response).toMatchObject({ status: 200, headers: { ETag: entityTag } });
    expect(response.body).toEqual({ ...user, name: 'Countess' });
    expect(dynamodb.calls()).toHaveLength(1);
  });

  it('reads consistently before it changes the email, and writes on condition of what it read', async () => {
    const response = await api.update(userId, { email: 'Lovelace@example.com' });

    expect(response).toMatchObject({ status: 200, body: { email: 'Lovelace@example.com', version: 3 } });
    expect(dynamodb.commandCalls(GetCommand)[0]?.args[0].input).toMatchObject({ ConsistentRead: true });
    const [update, hold, release] = writes();
    expect(Object.values(update?.Update?.ExpressionAttributeValues ?? {})).toEqual(
      expect.arrayContaining(['lovelace@example.com', 2, user.createdAt]),
    );
    expect(hold?.Put?.Item).toMatchObject({ userId: 'EMAIL#lovelace@example.com', heldBy: userId });
    expect(release?.Delete?.Key).toEqual({ userId: 'EMAIL#ada@example.com' });
  });

  it('leaves the markers alone when only the email’s case changes', async () => {
    await api.update(userId, { email: 'ADA@example.com' });

    expect(writes()).toHaveLength(1);
  });

  it('puts the marker in step when the expiry changes', async () => {
    await api.update(userId, { expiresAt: '2999-01-01T00:00:00Z' });

    const [, hold, ...more] = writes();
    expect(hold?.Put?.Item).toMatchObject({
      userId: 'EMAIL#ada@example.com',
      expiresAt: '2999-01-01T00:00:00.000Z',
      ttl: 32_472_144_000,
    });
    expect(more).toEqual([]);
  });

  it('responds 409 when another user has the email', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelledFor('None', 'ConditionalCheckFailed', 'None'));

    const response = await api.update(userId, { email: 'taken@example.com' });

    expect(response.body).toMatchObject({ status: 409, detail: 'Another user has this email' });
  });

  it.each([
    ['the user has changed', cancelledFor('ConditionalCheckFailed', 'None', 'None')],
    ['user and email have', cancelledFor('ConditionalCheckFailed', 'ConditionalCheckFailed', 'None')],
    ['a conflict hides the user', cancelledFor('TransactionConflict', 'ConditionalCheckFailed', 'None')],
    ['the old email is another’s', cancelledFor('None', 'None', 'ConditionalCheckFailed')],
  ])('reads anew and writes again when %s', async (_case, error) => {
    dynamodb.on(TransactWriteCommand).rejectsOnce(error).resolves({});

    const response = await api.update(userId, { email: 'new@example.com' });

    expect(response.status).toBe(200);
    expect(dynamodb.commandCalls(GetCommand)).toHaveLength(2);
  });

  it('responds 503 when others are faster to the end', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelledFor('ConditionalCheckFailed', 'None', 'None'));

    const response = await api.update(userId, { email: 'new@example.com' });

    expect(response).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
    expect(dynamodb.commandCalls(TransactWriteCommand)).toHaveLength(8);
  });

  it('responds 412 to a change of email when the user is in another state than If-Match names, and writes nothing', async () => {
    const response = await api.update(userId, { email: 'new@example.com' }, { 'if-match': '"1-mjuohs00"' });

    expect(response.status).toBe(412);
    expect(dynamodb.commandCalls(TransactWriteCommand)).toHaveLength(0);
  });

  it('responds 200 to a change of email when If-Match names the user’s state', async () => {
    const response = await api.update(userId, { email: 'new@example.com' }, { 'if-match': entityTag });

    expect(response.status).toBe(200);
  });

  it('responds 412 to an ordinary change of another state', async () => {
    const Item = marshall(row);
    dynamodb.on(UpdateCommand).rejects(new ConditionalCheckFailedException({ $metadata: {}, message: '', Item }));

    const response = await api.update(userId, { name: 'Countess' }, { 'if-match': '"1-mjuohs00"' });

    expect(response.status).toBe(412);
  });

  it.each([
    ['does not exist', {}],
    ['has expired', { Item: { ...row, expiresAt: '2026-01-03T00:00:00.000Z' } }],
  ])('responds 404 to a change of email when the user %s', async (_case, found) => {
    dynamodb.on(GetCommand).resolves(found);

    const response = await api.update(userId, { email: 'new@example.com' });

    expect(response.body).toMatchObject({ status: 404, detail: `User ${userId} does not exist` });
  });

  it.each([
    ['an email that is none', { email: 'ada' }, '/email', 'must be a valid email'],
    ['null for a field', { department: null }, '/department', 'must be of type string'],
    ['nothing to change', {}, '', 'must have at least one field'],
    ['an age of 151', { age: 151 }, '/age', 'must be 150 or less'],
    ['a field that is not to be changed', { createdAt: '2026-01-01T00:00:00Z' }, '/createdAt', 'is not known'],
  ])('responds 400 to %s, and writes nothing', async (_case, body, pointer, detail) => {
    const response = await api.update(userId, body);

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'body', pointer, detail }] });
    expect(dynamodb.calls()).toHaveLength(0);
  });

  it('responds 400 to an id that is none, so that no path leads to a marker', async () => {
    const response = await api.update('EMAIL#ada@example.com', { name: 'Ada' });

    expect(response.body).toMatchObject({ status: 400, errors: [{ in: 'path', pointer: '/userId' }] });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});

describe('PATCH /users/{userId}', () => {
  it('removes an optional field that is set to null', async () => {
    dynamodb.on(UpdateCommand).resolves({ Attributes: row });

    const response = await api.patch(userId, { department: null });

    expect(response.status).toBe(200);
    expect(dynamodb.commandCalls(UpdateCommand)[0]?.args[0].input.UpdateExpression).toMatch(/REMOVE #n\d+$/);
  });

  it('removes the expiry from user and marker together', async () => {
    const Item = { ...row, expiresAt: '2999-01-01T00:00:00.000Z', ttl: 32_472_144_000 };
    dynamodb.on(GetCommand).resolves({ Item });

    const response = await api.patch(userId, { expiresAt: null });

    expect(response.body).not.toHaveProperty('expiresAt');
    expect(writes()[0]?.Update?.UpdateExpression).toMatch(/REMOVE #n\d+, #n\d+$/);
    expect(writes()[1]?.Put?.Item).toEqual({
      userId: 'EMAIL#ada@example.com',
      heldBy: userId,
      expiresAt: undefined,
      ttl: undefined,
    });
  });

  it.each([['name'], ['email']])('responds 400 to null for %s', async (field) => {
    const response = await api.patch(userId, { [field]: null });

    expect(response.body).toMatchObject({ status: 400, errors: [{ pointer: `/${field}` }] });
  });
});
