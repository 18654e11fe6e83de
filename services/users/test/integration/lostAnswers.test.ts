import { documentClient } from '@app/dynamodb';
import { disturbances, disturbDynamoDb, disturbedWritesOf } from '@app/test-support';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { anEmail, soon, usersApi } from '../support/usersApi.ts';

const dynamodb = await disturbDynamoDb(documentClient);
const api = await usersApi();
const writesOf = (changes: () => Record<string, unknown>) =>
  disturbedWritesOf({
    api,
    input: () => ({ name: 'Ada', email: anEmail() }),
    changes,
    resourceOf: ({ body }) => body,
    keyName: 'userId',
    deleted: 200,
  });
const isUpdate = (name: string) => /^(PUT|PATCH)( with If-Match)?$/.test(name);
/** Users are read before they are deleted, or change their email: what is past is refused before anything is written. */
const writes = writesOf(() => ({ name: 'Eve' })).filter(
  ([name]) => name !== 'DELETE with If-Match of a state that is past',
);
const ofEmail = writesOf(() => ({ email: anEmail() })).filter(([name]) => isUpdate(name));
const ofExpiry = writesOf(() => ({ expiresAt: soon() })).filter(([name]) => isUpdate(name));

beforeAll(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0); // no waits between attempts
});

afterAll(async () => {
  jest.restoreAllMocks();
  await dynamodb.stop();
});

describe.each(disturbances)('a write %s', (_name, kinds) => {
  it.each(writes)('is reported as what happened, and done once: %s', async (_write, { write, seen }) => {
    expect(await write((work) => dynamodb.disturb(kinds, work))).toMatchObject(seen);
  });

  it.each(ofEmail)('is reported as what happened, and done once: %s of the email', async (_write, { write, seen }) => {
    expect(await write((work) => dynamodb.disturb(kinds, work))).toMatchObject(seen);
  });

  it.each(ofExpiry)(
    'is reported as what happened, and done once: %s of the expiry',
    async (_write, { write, seen }) => {
      expect(await write((work) => dynamodb.disturb(kinds, work))).toMatchObject(seen);
    },
  );

  it('takes a new email, gives the old one up, and the new one with its user', async () => {
    const [from, to] = [anEmail(), anEmail()];
    const statusOf = async (email: string) => (await api.create({ name: 'Eve', email })).status;
    const id = String((await api.create({ name: 'Ada', email: from })).body?.['userId']);

    const update = await dynamodb.disturb(kinds, () => api.update(id, { email: to }));
    const inBetween = [await statusOf(from), await statusOf(to)];
    const removal = await dynamodb.disturb(kinds, () => api.remove(id));
    const inTheEnd = await statusOf(to);

    expect([update.status, ...inBetween, removal.status, inTheEnd]).toEqual([200, 201, 409, 200, 201]);
    expect(removal.body).toEqual({ message: 'User deleted', userId: id });
  });
});
