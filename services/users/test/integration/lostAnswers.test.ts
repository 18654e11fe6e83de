import { documentClient } from '@app/dynamodb';
import { disturbances, disturbedWritesOf } from '@app/test-support';
import { lostAnswers } from '@app/test-support/lostAnswers';
import { describe, expect, it } from '@jest/globals';
import { anEmail, soon, usersApi } from '../support/usersApi.ts';

const { dynamodb, testWrites } = await lostAnswers(documentClient);
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

testWrites('a write', writes);
testWrites('a change of the email', ofEmail);
testWrites('a change of the expiry', ofExpiry);

describe.each(disturbances)('writes %s', (_name, kinds) => {
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
