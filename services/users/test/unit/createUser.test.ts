import { payloadDigest } from '@app/http';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { usersApi } from '../support/usersApi.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const api = await usersApi();
const ada = { name: 'Ada', email: 'Ada@Example.com' };
const userId = '0b0e7a52-6f0c-4f7b-9a53-0d3e5f3f3f10';
const stored = { userId, ...ada, emailKey: 'ada@example.com', listShard: '0', listPosition: 'p' };
const life = { version: 1, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' };

const cancelledFor = (...reasons: readonly { Code: string; Item?: object }[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: '',
    CancellationReasons: reasons.map(({ Code, Item }) => (Item ? { Code, Item: marshall(Item) } : { Code })),
  });

const written = () => dynamodb.commandCalls(TransactWriteCommand)[0]?.args[0].input.TransactItems ?? [];

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(TransactWriteCommand).resolves({});
});

describe('POST /users', () => {
  it('responds 201 with the user as given, its place and its entity tag, and shows nothing that is internal', async () => {
    const response = await api.create({ ...ada, age: 36, department: 'Engines' });

    expect(response).toMatchObject({
      status: 201,
      headers: { Location: `/dev/users/${String(response.body?.['userId'])}`, ETag: expect.stringMatching(/^"1-/) },
    });
    expect(Object.keys(response.body ?? {}).toSorted()).toEqual(
      ['age', 'createdAt', 'department', 'email', 'name', 'updatedAt', 'userId', 'version'].toSorted(),
    );
    expect(response.body).toMatchObject({ ...ada, age: 36, department: 'Engines', version: 1 });
  });

  it('writes the user and the marker of its email in one transaction', async () => {
    const { body } = await api.create(ada);

    const [user, marker] = written();
    expect(dynamodb.calls()).toHaveLength(1);
    expect(user?.Put?.Item).toMatchObject({ userId: body?.['userId'], emailKey: 'ada@example.com' });
    expect(marker?.Put?.Item).toMatchObject({ userId: 'EMAIL#ada@example.com', heldBy: body?.['userId'] });
  });

  it('keeps every attribute that an index takes out of the marker', async () => {
    await api.create({ ...ada, expiresAt: '2999-01-01T00:00:00Z' });

    const names = Object.keys(written()[1]?.Put?.Item ?? {}).toSorted();
    expect(names).toEqual(['expiresAt', 'heldBy', 'ttl', 'userId']);
  });

  it('lets the marker expire with the user', async () => {
    await api.create({ ...ada, expiresAt: '2999-01-01T00:00:00.001Z' });

    const [user, marker] = written().map((write) => write.Put?.Item);
    expect(marker).toMatchObject({ expiresAt: '2999-01-01T00:00:00.001Z', ttl: 32_472_144_001 });
    expect(user).toMatchObject({ expiresAt: '2999-01-01T00:00:00.001Z', ttl: 32_472_144_001 });
  });

  it('responds 409 when another user has the email, whichever way it is written', async () => {
    dynamodb.on(TransactWriteCommand).rejects(cancelledFor({ Code: 'None' }, { Code: 'ConditionalCheckFailed' }));

    const response = await api.create(ada);

    expect(response.body).toMatchObject({
      status: 409,
      type: '/problems/conflict',
      detail: 'Another user has this email',
    });
  });

  it('finds the user that the same Idempotency-Key made, though its own email is taken', async () => {
    const row = { ...stored, ...life, payloadDigest: payloadDigest(ada), ownerId: 'directory' };
    dynamodb
      .on(TransactWriteCommand)
      .rejects(cancelledFor({ Code: 'ConditionalCheckFailed', Item: row }, { Code: 'ConditionalCheckFailed' }));

    const response = await api.create(ada, { 'idempotency-key': 'one' });

    expect(response).toMatchObject({ status: 201, headers: { 'Idempotency-Replayed': 'true' } });
    expect(response.body).toEqual({ userId, ...ada, ...life });
  });

  it('responds 422 when the Idempotency-Key came with another payload', async () => {
    const row = { ...stored, ...life, payloadDigest: payloadDigest({ ...ada, age: 1 }), ownerId: 'directory' };
    dynamodb.on(TransactWriteCommand).rejects(cancelledFor({ Code: 'ConditionalCheckFailed', Item: row }));

    const response = await api.create(ada, { 'idempotency-key': 'one' });

    expect(response).toMatchObject({ status: 422, body: { type: '/problems/idempotency-key-reused' } });
  });

  it('asks again when the email is taken but a conflict hides whether by a replay', async () => {
    const row = { ...stored, ...life, payloadDigest: payloadDigest(ada), ownerId: 'directory' };
    dynamodb
      .on(TransactWriteCommand)
      .rejectsOnce(cancelledFor({ Code: 'TransactionConflict' }, { Code: 'ConditionalCheckFailed' }))
      .rejects(cancelledFor({ Code: 'ConditionalCheckFailed', Item: row }));

    const response = await api.create(ada, { 'idempotency-key': 'one' });

    expect(response).toMatchObject({ status: 201, headers: { 'Idempotency-Replayed': 'true' } });
  });

  it('responds 503 when conflicts hide it to the end', async () => {
    dynamodb
      .on(TransactWriteCommand)
      .rejects(cancelledFor({ Code: 'TransactionConflict' }, { Code: 'ConditionalCheckFailed' }));

    const response = await api.create(ada);

    expect(response).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
    expect(dynamodb.calls()).toHaveLength(8);
  });

  const text = (length: number) => '𝄞'.repeat(length); // code points, not UTF-16 units
  const local = (length: number) => `${'a'.repeat(length)}@example.com`;
  const long = (length: number) =>
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(length - 185)}`;

  it.each([
    ['a name of 1', { name: text(1) }],
    ['a name of 100', { name: text(100) }],
    ['an age of 0', { age: 0 }],
    ['an age of 150', { age: 150 }],
    ['a department of 1', { department: text(1) }],
    ['a department of 100', { department: text(100) }],
    ['a local part of 64', { email: local(64) }],
    ['an address of 246 with labels of 60', { email: long(246) }],
    ['an address with a plus and dots', { email: "first.last+tag_o'hara@mail.example.co.uk" }],
  ])('takes %s', async (_case, field) => {
    const response = await api.create({ ...ada, ...field });

    expect(response).toMatchObject({ status: 201, body: field });
  });

  it.each([
    ['no name', { name: undefined }, '/name', 'is required'],
    ['an empty name', { name: '' }, '/name', 'must have at least 1 character'],
    ['a name of 101', { name: text(101) }, '/name', 'must have no more than 100 characters'],
    ['no email', { email: undefined }, '/email', 'is required'],
    ['an email without @', { email: 'ada.example.com' }, '/email', 'must be a valid email'],
    ['an email with two @', { email: 'ada@home@example.com' }, '/email', 'must be a valid email'],
    ['an email without a domain', { email: 'ada@' }, '/email', 'must be a valid email'],
    ['an email without a dot in its domain', { email: 'ada@example' }, '/email', 'must be a valid email'],
    ['an email with a space', { email: 'ada l@example.com' }, '/email', 'must be a valid email'],
    ['an email with a line break', { email: 'ada@example.com\n' }, '/email', 'must be a valid email'],
    ['an email with two dots', { email: 'ada..l@example.com' }, '/email', 'must be a valid email'],
    ['an email with a hyphen at a label’s end', { email: 'ada@example-.com' }, '/email', 'must be a valid email'],
    ['an email that is not ASCII', { email: 'ädä@example.com' }, '/email', 'must be a valid email'],
    ['a local part of 65', { email: local(65) }, '/email', 'must be a valid email'],
    ['an email of 255', { email: `a@${'b.'.repeat(125)}com` }, '/email', 'must have no more than 254 characters'],
    ['an age below 0', { age: -1 }, '/age', 'must be 0 or more'],
    ['an age of 151', { age: 151 }, '/age', 'must be 150 or less'],
    ['half an age', { age: 1.5 }, '/age', 'must be of type integer'],
    ['an age as text', { age: '36' }, '/age', 'must be of type integer'],
    ['an empty department', { department: '' }, '/department', 'must have at least 1 character'],
    ['a department of 101', { department: text(101) }, '/department', 'must have no more than 100 characters'],
    ['an expiry that is past', { expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt', 'must lie in the future'],
    ['an expiry that is no date', { expiresAt: '2999-02-30T00:00:00Z' }, '/expiresAt', 'must be a valid date-time'],
    ['an unknown field', { role: 'admin' }, '/role', 'is not known'],
    ['a field of ours', { userId: 'mine' }, '/userId', 'is not known'],
  ])('responds 400 to %s, and writes nothing', async (_case, field, pointer, detail) => {
    const response = await api.create({ ...ada, ...field });

    expect(response.status).toBe(400);
    expect(response.body?.['errors']).toContainEqual({ in: 'body', pointer, detail });
    expect(dynamodb.calls()).toHaveLength(0);
  });
});
