import { raceForKeys, statusesOf } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { itemsApi } from '../support/itemsApi.ts';

const payload = (index: 0 | 1) => ({ name: `Bolt ${index}` });

describe('two payloads under one Idempotency-Key at once, 500 times', () => {
  it('are one 202 and one 422; the one that was accepted is replayed, and is what is carried out', async () => {
    const items = itemsApi();

    const rounds = await raceForKeys((key, index) => items.create(payload(index), { 'idempotency-key': key }));
    await items.carryOut();

    expect(statusesOf(rounds)).toEqual({ '202 422': 500 });
    for (const { accepted, taken, retried } of rounds) {
      expect(retried).toMatchObject({ status: 202, headers: { 'Idempotency-Replayed': 'true' }, body: accepted.body });
      const { body } = await items.request(String(accepted.body?.['requestId']));
      expect(body).toMatchObject({ status: 'success', result: payload(taken) });
    }
  });
});
