import { raceForKeys, statusesOf } from '@app/test-support';
import { describe, expect, it } from '@jest/globals';
import { aFile, assetsApi } from '../support/assetsApi.ts';

describe('two payloads under one Idempotency-Key at once, 500 times', () => {
  it('are one 201 and one 422, and the one that was taken is replayed', async () => {
    const assets = assetsApi();

    const rounds = await raceForKeys((key, index) =>
      assets.create({ ...aFile, fileName: `${index}.txt` }, { 'idempotency-key': key }),
    );

    expect(statusesOf(rounds)).toEqual({ '201 422': 500 });
    for (const { accepted, taken, retried } of rounds) {
      expect(accepted).toMatchObject({ body: { asset: { fileName: `${taken}.txt` } } });
      expect(retried).toMatchObject({
        status: 201,
        headers: { 'Idempotency-Replayed': 'true' },
        body: { asset: accepted.body?.['asset'] },
      });
    }
  });
});
