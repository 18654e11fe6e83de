import { documentClient } from '@app/dynamodb';
import { ValueTakenError } from '@app/resource';
import { describe, expect, it } from '@jest/globals';
import { createUserRepository } from '../../src/repository/userRepository.ts';
import { conflictingClient } from '../support/conflicts.ts';
import { anEmail, usersApi } from '../support/usersApi.ts';

const api = await usersApi();
const TableName = String(process.env['USERS_TABLE']);
const users = createUserRepository(documentClient, TableName);

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const create = async (email = anEmail()) => {
  const { resource } = await users.create({ name: 'Ada', email }, { id: crypto.randomUUID() });
  return resource;
};

/** What each came to: the user, or why not. */
const outcomes = async (attempts: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(attempts);
  const losses = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  return { won: settled.length - losses.length, losses };
};

describe('one email, many at once', () => {
  it('goes to one of 30 creates; the others respond 409', async () => {
    const email = anEmail();

    const responses = await Promise.all(
      times(30, (index) => api.create({ name: `Ada ${index}`, email: index % 2 ? email : email.toUpperCase() })),
    );

    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(29);
    const { body } = await api.list(`email=${email}`);
    expect(body).toMatchObject({ count: 1 });
  });

  it('goes to one of 30 creates through transaction conflicts, which none of them sees', async () => {
    const conflicting = createUserRepository(
      conflictingClient(() => Math.floor(Math.random() * 5)),
      TableName,
    );
    const email = anEmail();

    const { won, losses } = await outcomes(
      times(30, () => conflicting.create({ name: 'Ada', email }, { id: crypto.randomUUID() })),
    );

    expect(won).toBe(1);
    expect(losses.every((reason) => reason instanceof ValueTakenError)).toBe(true);
  });

  it('goes to one of 10 users that change to it; the others stay as they were', async () => {
    const rivals = await Promise.all(times(10, () => create()));
    const email = anEmail();

    const { won, losses } = await outcomes(rivals.map(({ userId }) => users.update(userId, { email, name: 'Eve' })));

    expect(won).toBe(1);
    expect(losses.every((reason) => reason instanceof ValueTakenError)).toBe(true);
    const now = await Promise.all(rivals.map(({ userId }) => users.get(userId)));
    expect(now.filter((user) => user?.email === email)).toHaveLength(1);
    const losers = now.filter((user) => user?.email !== email);
    expect(rivals).toEqual(expect.arrayContaining(losers));
    for (const loser of losers) await expect(create(loser?.email)).rejects.toThrow(ValueTakenError);
  });

  it('is swapped by neither of two users that want each other’s', async () => {
    const [ada, bob] = [await create(), await create()];

    const { won } = await outcomes([
      users.update(ada.userId, { email: bob.email }),
      users.update(bob.userId, { email: ada.email }),
    ]);

    expect(won).toBe(0);
    expect([await users.get(ada.userId), await users.get(bob.userId)]).toEqual([ada, bob]);
  });

  it('has one holder in the end, whoever moves where: no user shares one, none is held for nobody', async () => {
    const emails = times(3, () => anEmail());
    const rivals = await Promise.all(times(6, () => create()));

    await outcomes(rivals.flatMap(({ userId }) => emails.map((email) => users.update(userId, { email }))));

    const now = await Promise.all(rivals.map(({ userId }) => users.get(userId)));
    const held = now.flatMap((user) => user?.email ?? []);
    expect(new Set(held).size).toBe(rivals.length);
    for (const email of held) await expect(create(email)).rejects.toThrow(ValueTakenError);
    for (const email of [...emails, ...rivals.map((rival) => rival.email)].filter((each) => !held.includes(each)))
      expect(await create(email)).toMatchObject({ email });
  });
});

describe('one user, many at once', () => {
  it('takes every change of email and of name, one after the other', async () => {
    const { userId } = await create();

    await Promise.all([
      ...times(4, () => users.update(userId, { email: anEmail() })),
      ...times(4, (index) => users.update(userId, { name: `Ada ${index}` })),
    ]);

    const user = await users.get(userId);
    expect(user?.version).toBe(9);
    await expect(create(user?.email)).rejects.toThrow(ValueTakenError);
  });

  it('is made once by 20 creates under one Idempotency-Key', async () => {
    const body = { name: 'Ada', email: anEmail() };
    const headers = { 'idempotency-key': crypto.randomUUID() };

    const responses = await Promise.all(times(20, () => api.create(body, headers)));

    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(new Set(responses.map((response) => response.body?.['userId'])).size).toBe(1);
    expect(responses.filter((response) => !response.headers['Idempotency-Replayed'])).toHaveLength(1);
  });
});
