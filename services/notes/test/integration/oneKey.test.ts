import { raceForKeys, replayOf, statusesOf } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { notesApi } from '../support/notesApi.ts';

describe('two payloads under one Idempotency-Key at once, 500 times', () => {
  it('are one 201 and one 422, and the one that was taken is replayed', async () => {
    const notes = notesApi();

    const rounds = await raceForKeys((key, index) =>
      notes.create({ title: `Note ${index}`, content: '' }, { 'idempotency-key': key }),
    );

    expect(statusesOf(rounds)).toEqual({ '201 422': 500 });
    for (const round of rounds) {
      const { accepted, taken, retried } = round;
      expect(accepted).toMatchObject({ body: { title: `Note ${taken}` } });
      expect(retried).toMatchObject(replayOf(round));
    }
  });
});
