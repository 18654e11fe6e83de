import { raceForKeys, replayOf, statusesOf } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { usersApi } from '../support/usersApi.ts';

describe('two payloads under one Idempotency-Key at once, 500 times', () => {
  it('are one 201 and one 422, and the one that was taken is replayed', async () => {
    const users = await usersApi();

    const rounds = await raceForKeys((key, index) =>
      users.create({ name: `User ${index}`, email: `${index}-${key}@example.com` }, { 'idempotency-key': key }),
    );

    expect(statusesOf(rounds)).toEqual({ '201 422': 500 });
    for (const round of rounds) {
      const { accepted, taken, retried } = round;
      expect(accepted).toMatchObject({ body: { name: `User ${taken}` } });
      expect(retried).toMatchObject(replayOf(round));
    }
  });
});
