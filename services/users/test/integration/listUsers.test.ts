import { documentClient } from '@app/dynamodb';
import { ownTable } from '@app/test-support';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createUserRepository } from '../../src/repository/userRepository.ts';
import { anEmail, usersApi } from '../support/usersApi.ts';

const TableName = await ownTable(String(process.env['USERS_TABLE']));
const api = await usersApi(TableName);
const users = createUserRepository(documentClient, TableName);

const create = async () => {
  const { resource } = await users.create({ name: 'Ada', email: anEmail() }, { id: crypto.randomUUID() });
  return resource;
};

interface Listed {
  readonly users: { userId: string; createdAt: string }[];
  readonly count: number;
  readonly nextCursor?: string;
}

const page = async (query: string) => {
  const response = await api.list(query);
  return { ...response, body: response.body as unknown as Listed };
};

const everyPage = async (limit: number, between: () => Promise<void> = async () => {}) => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await page(`limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
    seen.push(...body.users.map(({ createdAt, userId }) => `${createdAt}#${userId}`));
    cursor = body.nextCursor;
    await between();
  } while (cursor);
  return seen;
};

describe('GET /users', () => {
  it('shows every user that stayed exactly once, newest first, while users come and go', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, create)); // many of them in the same millisecond
    const staying = new Set(made.map(({ userId }) => userId));

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), fc.infiniteStream(fc.nat()), async (limit, choices) => {
        const seen = await everyPage(limit, async () => {
          await create();
          const [gone] = [...staying].slice(choices.next().value % staying.size);
          if (staying.size < 20 || !gone) return;
          await users.delete(gone);
          staying.delete(gone);
        });

        expect(seen).toEqual(seen.toSorted().toReversed());
        expect(new Set(seen).size).toBe(seen.length);
        const ids = seen.map((each) => each.slice(25));
        expect(ids).toEqual(expect.arrayContaining([...staying]));
      }),
      { numRuns: 6 },
    );
  });

  it('leaves expired users and the markers of emails out', async () => {
    const { userId } = await create();
    await documentClient.send(
      new UpdateCommand({
        TableName,
        Key: { userId },
        UpdateExpression: 'SET expiresAt = :past',
        ExpressionAttributeValues: { ':past': '2026-01-01T00:00:00.000Z' },
      }),
    );

    const seen = await everyPage(100);

    expect(seen.join()).not.toContain(userId);
    expect(seen.join()).not.toContain('EMAIL');
  });

  it('leads on by cursor and Link, and shows nothing that is internal', async () => {
    await Promise.all([create(), create(), create()]);

    const { body, headers } = await page('limit=2');

    expect(body).toMatchObject({ count: 2, nextCursor: expect.any(String) });
    expect(headers['Link']).toBe(`</dev/users?limit=2&cursor=${body.nextCursor}>; rel="next"`);
    for (const user of body.users)
      expect(Object.keys(user).toSorted()).toEqual(['createdAt', 'email', 'name', 'updatedAt', 'userId', 'version']);
  });

  it('responds 400 to a cursor of another list', async () => {
    await Promise.all([create(), create()]);
    const { body } = await page('limit=1');

    const response = await api.list(`email=ada%40example.com&cursor=${body.nextCursor}`);

    expect(response).toMatchObject({ status: 400, body: { errors: [{ in: 'query', pointer: '/cursor' }] } });
  });
});
