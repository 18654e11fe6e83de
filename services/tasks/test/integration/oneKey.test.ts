import { raceForKeys, replayOf, statusesOf } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { anOwner, tasksApi } from '../support/tasksApi.ts';

describe('two payloads under one Idempotency-Key at once, 500 times', () => {
  it('are one 201 and one 422, and the one that was taken is replayed', async () => {
    const tasks = tasksApi(anOwner());

    const rounds = await raceForKeys((key, index) =>
      tasks.create({ title: `Task ${index}` }, { 'idempotency-key': key }),
    );

    expect(statusesOf(rounds)).toEqual({ '201 422': 500 });
    for (const round of rounds) {
      const { accepted, taken, retried } = round;
      expect(accepted).toMatchObject({ body: { title: `Task ${taken}` } });
      expect(retried).toMatchObject(replayOf(round));
    }
  });
});
