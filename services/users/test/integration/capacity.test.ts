import { documentClient, withDerived } from '@app/dynamodb';
import { takeCapacity } from '@app/observability';
import { ownTable } from '@app/test-support';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { createUserRepository } from '../../src/repository/userRepository.ts';
import { usersTable } from '../../src/tables.ts';
import { anEmail, soon } from '../support/usersApi.ts';

const TableName = await ownTable(String(process.env['USERS_TABLE']));
const users = createUserRepository(documentClient, TableName);
/** MANY_USERS=50000 takes 18 s instead of 4. */
const many = Number(process.env['MANY_USERS'] ?? 10_000);
/** What transactions write. AWS counts a row twice and its index rows once; DynamoDB Local all of them four times (docs/decisions/0007). */
const writes =
  process.env['INTEGRATION_ENGINE'] === 'dynamodb-local'
    ? { create: 16, changeOfEmail: 20, changeOfExpiry: 16, removal: 16 }
    : { create: 6, changeOfEmail: 9, changeOfExpiry: 6, removal: 6 };
const input = { name: 'Ada', email: 'ada@example.com' };

const create = async () => {
  const { resource } = await users.create({ ...input, email: anEmail() }, { id: crypto.randomUUID() });
  return resource;
};

/** What the work consumes, in capacity units. */
const consumed = async (work: () => Promise<unknown>) => {
  takeCapacity();
  await work();
  return takeCapacity();
};

/** The row of a user of long ago, so that those of the test come first in every list; only what the list's index needs. */
const anOldUser = (index: number) => {
  const userId = crypto.randomUUID();
  const createdAt = new Date(Date.UTC(2020, 0, 1) + index).toISOString();
  const { listShard, listPosition } = withDerived(usersTable, { userId, email: '', createdAt });
  return { userId, listShard, listPosition };
};

const fill = async (from: number, to: number) => {
  const batches = Array.from({ length: (to - from) / 25 }, (_, batch) => from + batch * 25);
  const write = async (start: number) => {
    const puts = Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: anOldUser(start + index) } }));
    await documentClient.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
  };
  while (batches.length > 0) await Promise.all(batches.splice(0, 8).map(write));
};

describe('what a request consumes', () => {
  it('is half a unit for a get', async () => {
    const { userId } = await create();

    expect(await consumed(() => users.get(userId))).toEqual({ read: 0.5, write: 0 });
  });

  it('is the transaction for a create: two rows twice, and the user’s two index rows', async () => {
    expect(await consumed(create)).toEqual({ read: 0, write: writes.create });
  });

  it('is half a unit to find one by email', async () => {
    const { email } = await create();

    expect(await consumed(() => users.findByEmail(email))).toEqual({ read: 0.5, write: 0 });
  });

  it('is a row and its index rows for an ordinary change', async () => {
    const { userId } = await create();

    expect(await consumed(() => users.update(userId, { name: 'Eve' }))).toEqual({ read: 0, write: 3 });
  });

  it('is a consistent read and a transaction for a change of email or expiry and a delete', async () => {
    const { userId } = await create();

    const change = await consumed(() => users.update(userId, { email: anEmail() }));
    const expiry = await consumed(() => users.update(userId, { expiresAt: soon() }));
    const removal = await consumed(() => users.delete(userId));

    expect(change).toEqual({ read: 1, write: writes.changeOfEmail });
    expect(expiry).toEqual({ read: 1, write: writes.changeOfExpiry });
    expect(removal).toEqual({ read: 1, write: writes.removal });
  });

  it('is for a page what its rows cost, the same at 1,000 users and at many, on the first page and the next', async () => {
    await Promise.all(Array.from({ length: 60 }, create));
    const pages = async () => {
      const first = await users.listNewestFirst({ limit: 25 });
      await users.listNewestFirst({ limit: 25, after: first.lastKey });
    };
    await fill(0, 1000);
    const atFirst = await consumed(pages);

    await fill(1000, many);
    const inTheEnd = await consumed(pages);

    expect(inTheEnd).toEqual(atFirst);
    expect(atFirst.read).toBeGreaterThanOrEqual(2 * 4 * 0.5);
    expect(atFirst.read).toBeLessThanOrEqual(2 * (4 + 8) * 0.5);
  });
});
