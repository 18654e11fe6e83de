import { documentClient } from '@app/dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { anEmail, soon, usersApi } from '../support/usersApi.ts';

const api = await usersApi();

const create = async (fields: object = {}) => {
  const { body = {}, headers } = await api.create({ name: 'Ada', email: anEmail(), ...fields });
  return { ...body, userId: String(body['userId']), email: String(body['email']), etag: String(headers['ETag']) };
};

const marker = async (email: string) => {
  const Key = { userId: `EMAIL#${email.toLowerCase()}` };
  const { Item } = await documentClient.send(
    new GetCommand({ TableName: process.env['USERS_TABLE'], Key, ConsistentRead: true }),
  );
  return Item;
};

/** Puts an expiry into the past, for user and marker, as time would: the API takes only times to come. */
const letExpire = async (userId: string, email: string) => {
  for (const key of [userId, `EMAIL#${email}`]) {
    await documentClient.send(
      new UpdateCommand({
        TableName: process.env['USERS_TABLE'],
        Key: { userId: key },
        UpdateExpression: 'SET expiresAt = :past',
        ExpressionAttributeValues: { ':past': '2026-01-01T00:00:00.000Z' },
      }),
    );
  }
};

const findByEmail = async (email: string) => {
  const { body } = await api.list(`email=${encodeURIComponent(email)}`);
  return (body as { users: { userId: string }[] }).users.map(({ userId }) => userId);
};

describe('a user’s life', () => {
  it('is created, read, changed, patched and deleted', async () => {
    const email = anEmail().replace('example', 'Example');
    const created = await api.create({ name: 'Ada', email, age: 36, department: 'Engines' });
    const userId = String(created.body?.['userId']);

    const read = await api.get(userId);
    const unchanged = await api.get(userId, { 'if-none-match': String(read.headers['ETag']) });
    const changed = await api.update(userId, { name: 'Countess' }, { 'if-match': String(read.headers['ETag']) });
    const stale = await api.update(userId, { age: 37 }, { 'if-match': String(read.headers['ETag']) });
    const patched = await api.patch(userId, { department: null });
    const deleted = await api.remove(userId);
    const gone = await api.get(userId);

    expect(read).toMatchObject({ status: 200, body: created.body });
    expect(unchanged).toMatchObject({ status: 304, body: undefined });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Countess', email, age: 36, version: 2 } });
    expect(stale.status).toBe(412);
    expect(patched.body).not.toHaveProperty('department');
    expect(deleted).toMatchObject({ status: 200, body: { message: 'User deleted', userId } });
    expect([gone.status, (await api.remove(userId)).status, (await api.update(userId, { age: 1 })).status]).toEqual([
      404, 404, 404,
    ]);
  });

  it('frees the email with a delete', async () => {
    const { userId, email } = await create();

    await api.remove(userId);

    expect(await marker(email)).toBeUndefined();
    expect((await api.create({ name: 'Bob', email })).status).toBe(201);
  });
});

describe('a user’s email', () => {
  it('is another’s in whatever case', async () => {
    const { email } = await create();

    const response = await api.create({ name: 'Bob', email: email.toUpperCase() });

    expect(response).toMatchObject({ status: 409, body: { type: '/problems/conflict' } });
  });

  it('is found in whatever case, shown as given, and by no other', async () => {
    const email = anEmail().replace('example', 'Example');
    const { userId } = await create({ email });

    expect(await findByEmail(email.toUpperCase())).toEqual([userId]);
    expect(await findByEmail(anEmail())).toEqual([]);
    expect((await api.get(userId)).body).toMatchObject({ email });
  });

  it('moves: the new one is taken, the old one free', async () => {
    const { userId, email } = await create();
    const next = anEmail();

    const changed = await api.update(userId, { email: next });

    expect(changed).toMatchObject({ status: 200, body: { email: next, version: 2 } });
    expect((await api.get(userId)).body).toEqual(changed.body);
    expect([await findByEmail(email), await findByEmail(next)]).toEqual([[], [userId]]);
    expect((await api.create({ name: 'Bob', email: next })).status).toBe(409);
    expect((await api.create({ name: 'Bob', email })).status).toBe(201);
  });

  it('leaves both users as they were when the change loses', async () => {
    const [ada, bob] = [await create(), await create()];

    const lost = await api.update(ada.userId, { email: bob.email.toUpperCase(), name: 'Eve' });

    expect(lost.status).toBe(409);
    for (const { userId, email, etag } of [ada, bob]) {
      expect(await api.get(userId)).toMatchObject({ headers: { ETag: etag }, body: { name: 'Ada', email } });
      expect(await marker(email)).toMatchObject({ heldBy: userId });
    }
  });

  it('can be given back and taken again by the same user', async () => {
    const { userId, email } = await create();

    const statuses = [
      await api.update(userId, { email: anEmail() }),
      await api.update(userId, { email }),
      await api.update(userId, { email: email.toUpperCase() }),
    ].map(({ status }) => status);

    expect(statuses).toEqual([200, 200, 200]);
    expect(await marker(email)).toMatchObject({ heldBy: userId });
  });
});

describe('a user’s expiry', () => {
  it('frees the email, for a create and for a change', async () => {
    const [first, second, other] = [
      await create({ expiresAt: soon() }),
      await create({ expiresAt: soon() }),
      await create(),
    ];
    for (const { userId, email } of [first, second]) await letExpire(userId, email);

    const created = await api.create({ name: 'Bob', email: first.email });
    const changed = await api.update(other.userId, { email: second.email });

    expect([created.status, changed.status]).toEqual([201, 200]);
    expect(await findByEmail(first.email)).toEqual([created.body?.['userId']]);
    expect(await findByEmail(second.email)).toEqual([other.userId]);
  });

  it('makes the user gone for every operation', async () => {
    const { userId, email } = await create({ expiresAt: soon() });
    await letExpire(userId, email);

    const responses = [
      await api.get(userId),
      await api.update(userId, { name: 'x' }),
      await api.update(userId, { email: anEmail() }),
      await api.update(userId, { expiresAt: soon() }),
      await api.remove(userId),
    ];

    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await findByEmail(email)).toEqual([]);
  });

  it('keeps the marker in step when it is set, moved and removed', async () => {
    const { userId, email } = await create();
    const expiresAt = soon();

    await api.update(userId, { expiresAt });
    const set = await marker(email);
    await api.patch(userId, { expiresAt: null });
    const removed = await marker(email);

    expect(set).toMatchObject({ expiresAt, ttl: Math.ceil(Date.parse(expiresAt) / 1000) });
    expect(removed).toEqual({ userId: `EMAIL#${email}`, heldBy: userId });
  });
});

describe('POST /users with an Idempotency-Key', () => {
  it('makes one user of the same request, however often it comes', async () => {
    const body = { name: 'Ada', email: anEmail() };
    const headers = { 'idempotency-key': crypto.randomUUID() };

    const first = await api.create(body, headers);
    const again = await api.create(body, headers);

    expect(again).toMatchObject({ status: 201, body: first.body, headers: { 'Idempotency-Replayed': 'true' } });
    expect(again.headers['Location']).toBe(first.headers['Location']);
    expect(first.headers).not.toHaveProperty('Idempotency-Replayed');
  });

  it('shows the user as it now is, though the email that it was made with is another’s by then', async () => {
    const body = { name: 'Ada', email: anEmail() };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const { body: first } = await api.create(body, headers);
    const email = anEmail();
    await api.update(String(first?.['userId']), { email });
    await api.create({ name: 'Bob', email: body.email });

    const again = await api.create(body, headers);

    expect(again).toMatchObject({ status: 201, body: { userId: first?.['userId'], email, version: 2 } });
  });

  it('responds 422 to another payload', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    await api.create({ name: 'Ada', email: anEmail() }, headers);

    const other = await api.create({ name: 'Ada', email: anEmail() }, headers);

    expect(other.status).toBe(422);
  });

  it('is free again once its user is gone', async () => {
    const body = { name: 'Ada', email: anEmail() };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const first = await api.create(body, headers);
    await api.remove(String(first.body?.['userId']));

    const again = await api.create(body, headers);

    expect(again.status).toBe(201);
    expect(again.headers).not.toHaveProperty('Idempotency-Replayed');
  });
});
