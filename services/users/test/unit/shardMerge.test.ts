import { withDerived } from '@app/dynamodb';
import { type DynamoDBDocumentClient, type QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createUserRepository } from '../../src/repository/userRepository.ts';
import { usersTable } from '../../src/tables.ts';

type Row = ReturnType<typeof aUser>;

const aUser = (userId: string, millisecond: number, isExpired: boolean) => {
  const createdAt = new Date(Date.UTC(2026, 0, 1) + millisecond).toISOString();
  const user = { userId, name: 'x', email: `${userId}@example.com`, version: 1, createdAt, updatedAt: createdAt };
  return withDerived(usersTable, { ...user, ...(isExpired && { expiresAt: '2020-01-01T00:00:00.000Z' }) });
};

const position = ({ listPosition }: Row) => String(listPosition);
const newestFirst = (a: Row, b: Row) => (position(a) < position(b) ? 1 : -1);

/** The index, in memory: a query evaluates `Limit` rows, then filters, and says where it stopped if it stopped at the limit. */
const indexOf = (rows: Map<string, Row>) => {
  const counts = { queries: 0, rows: 0 };
  const query = ({ input: { ExpressionAttributeValues: values = {}, Limit = 0 } }: QueryCommand) => {
    const [shard, ...rest] = Object.values(values) as string[];
    const below = rest.length === 2 ? String(rest[0]) : '~';
    const evaluated = [...rows.values()]
      .filter((row) => row.listShard === shard && position(row) < below)
      .toSorted(newestFirst)
      .slice(0, Limit);
    counts.queries += 1;
    counts.rows += evaluated.length;
    const Items = evaluated.filter(({ expiresAt }) => expiresAt === undefined);
    return Promise.resolve({ Items, LastEvaluatedKey: evaluated.length === Limit ? evaluated.at(-1) : undefined });
  };
  const client = { send: query } as unknown as DynamoDBDocumentClient;
  return { users: createUserRepository(client, 'users'), counts };
};

const aTime = fc.integer({ min: 0, max: 40 }); // few enough that many users share a millisecond
const isExpired = fc.integer({ min: 0, max: 9 }).map((tenth) => tenth === 0);
const users = fc.uniqueArray(fc.tuple(fc.uuid(), aTime, isExpired), { selector: ([id]) => id, maxLength: 120 });
/** What happens between two pages: users come, users go. */
const meanwhile = fc.record({
  comes: fc.array(fc.tuple(fc.uuid(), aTime), { maxLength: 4 }),
  goes: fc.nat(),
  goesToo: fc.nat(),
});

describe('listing users over four shards', () => {
  it('shows every user that was there throughout exactly once, in order, whatever comes and goes between pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        users,
        fc.array(meanwhile, { maxLength: 8 }),
        fc.integer({ min: 1, max: 30 }),
        async (initial, events, limit) => {
          const rows = new Map(initial.map(([id, time, expired]) => [id, aUser(id, time, expired)]));
          const throughout = new Map([...rows].filter(([, { expiresAt }]) => expiresAt === undefined));
          const { users: repository } = indexOf(rows);
          const seen: string[] = [];
          let after: readonly string[] | undefined;
          const pending = [...events];
          do {
            const { items, lastKey } = await repository.listNewestFirst({ limit, after });
            expect(items.length).toBeLessThanOrEqual(limit);
            seen.push(...items.map(({ createdAt, userId }) => `${createdAt}#${userId}`));
            after = lastKey;
            const event = pending.shift();
            for (const [id, time] of event?.comes ?? []) if (!rows.has(id)) rows.set(id, aUser(id, time, false));
            for (const choice of event ? [event.goes, event.goesToo] : []) {
              const id = [...rows.keys()][choice % Math.max(rows.size, 1)];
              rows.delete(String(id));
              throughout.delete(String(id));
            }
          } while (after);

          expect(seen).toEqual(seen.toSorted().toReversed());
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toEqual(expect.arrayContaining([...throughout.values()].map(position)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ends with a page that is full, where nothing follows, or says what follows', async () => {
    await fc.assert(
      fc.asyncProperty(users, fc.integer({ min: 1, max: 30 }), async (initial, limit) => {
        const rows = new Map(initial.map(([id, time]) => [id, aUser(id, time, false)]));
        const { users: repository } = indexOf(rows);

        const { items, lastKey } = await repository.listNewestFirst({ limit });

        expect(items).toHaveLength(Math.min(limit, rows.size));
        const last = items.at(-1);
        const following = rows.size > limit ? [last?.createdAt, last?.userId] : lastKey;
        expect(lastKey).toEqual(following);
      }),
    );
  });

  it('reads no more than twice the page and two rows of each shard, for as many users as there are', async () => {
    await fc.assert(
      fc.asyncProperty(users, fc.integer({ min: 1, max: 100 }), async (initial, limit) => {
        const rows = new Map(initial.map(([id, time]) => [id, aUser(id, time, false)]));
        const { users: repository, counts } = indexOf(rows);

        await repository.listNewestFirst({ limit });

        expect(counts.rows).toBeLessThanOrEqual(2 * limit + 8);
        expect(counts.queries).toBeLessThanOrEqual(4 + 8);
      }),
    );
  });
});
