import { callGateway } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { anEmail } from '../support/usersApi.ts';

describe('users, over HTTP', () => {
  it('are created where Location says, found by email, changed and deleted', async () => {
    const email = anEmail();
    const created = await callGateway('/users', { method: 'POST', body: { name: 'Ada', email } });
    const location = String(created.headers.get('location'));
    const twice = await callGateway('/users', { method: 'POST', body: { name: 'Bob', email: email.toUpperCase() } });
    const read = await callGateway(location);
    const patched = await callGateway(location, {
      method: 'PATCH',
      body: { department: 'Engines' },
    });
    const found = await callGateway(`/users?email=${email.toUpperCase()}`);
    const deleted = await callGateway(location, { method: 'DELETE' });

    expect([created, twice, read, patched, found, deleted].map(({ status }) => status)).toEqual([
      201, 409, 200, 200, 200, 200,
    ]);
    expect(location).toMatch(new RegExp(`^(/\\w+)?/users/${String(created.body['userId'])}$`)); // a REST API's URL has its stage
    expect(found.body).toEqual({ users: [patched.body], count: 1 });
    expect(deleted.body).toEqual({ message: 'User deleted', userId: created.body['userId'] });
    expect((await callGateway(location)).status).toBe(404);
  });

  it('change their email, which is free for others then, and are listed from the newest', async () => {
    const [first, second] = [anEmail(), anEmail()];
    const { headers, body } = await callGateway('/users', { method: 'POST', body: { name: 'Ada', email: first } });
    const changed = await callGateway(String(headers.get('location')), { method: 'PATCH', body: { email: second } });
    const another = await callGateway('/users', { method: 'POST', body: { name: 'Bob', email: first } });
    const listed = await callGateway('/users?limit=100');

    expect([changed.status, another.status, listed.status]).toEqual([200, 201, 200]);
    const ids = (listed.body['users'] as { userId: string }[]).map(({ userId }) => userId);
    expect(ids.indexOf(String(another.body['userId']))).toBeLessThan(ids.indexOf(String(body['userId'])));
    expect(ids).toContain(body['userId']);
  });

  it('are seeded, and their emails are taken', async () => {
    const found = await callGateway('/users?email=ada.lovelace@example.com');
    const twice = await callGateway('/users', {
      method: 'POST',
      body: { name: 'Eve', email: 'ADA.Lovelace@example.com' },
    });

    expect(found.body).toMatchObject({
      count: 1,
      users: [{ name: 'Ada Lovelace', email: 'Ada.Lovelace@example.com' }],
    });
    expect(twice.status).toBe(409);
  });

  it('answer a route that does not exist with a problem', async () => {
    const response = await callGateway('/users/a/b/c');

    expect(response).toMatchObject({ status: 404, body: { type: '/problems/not-found', status: 404 } });
  });
});
