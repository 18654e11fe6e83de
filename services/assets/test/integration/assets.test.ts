import { entityTagOf } from '@app/http';
import { nextMillisecond } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { aFile, assetsApi, creationOf } from '../support/assetsApi.ts';

const idsOf = ({ body }: { body: unknown }) =>
  (body as { assets: { assetId: string }[] }).assets.map(({ assetId }) => assetId);

describe('assets', () => {
  it('are listed newest first, by status and time, page by page', async () => {
    const api = assetsApi();
    const made: { assetId: string; createdAt: string }[] = [];
    for (let count = 0; count < 5; count++) {
      made.unshift((await api.anAsset()).asset);
      await nextMillisecond();
    }
    const ids = made.map(({ assetId }) => assetId);
    const [, second, , fourth] = made;

    const first = await api.list('limit=3');
    const next = await api.list(`limit=3&cursor=${String(first.body?.['nextCursor'])}`);
    const between = await api.list(`createdFrom=${fourth?.createdAt}&createdTo=${second?.createdAt}&status=pending`);

    expect([...idsOf(first), ...idsOf(next)]).toEqual(ids);
    expect(next.body).not.toHaveProperty('nextCursor');
    expect(idsOf(between)).toEqual(ids.slice(1, 4));
    expect(idsOf(await api.list('status=uploaded'))).toEqual([]);
    expect((await api.list('status=gone')).status).toBe(400);
    expect((await api.list('createdFrom=2026-01-02T00:00:00Z&createdTo=2026-01-01T00:00:00Z')).status).toBe(400);
  });

  it("are another owner's 404, in every way", async () => {
    const [alice, mallory] = [assetsApi(), assetsApi()];
    const { asset } = await alice.anAsset();

    const responses = [
      await mallory.get(asset.assetId),
      await mallory.download(asset.assetId),
      await mallory.update(asset.assetId, { fileName: 'mine.txt' }),
      await mallory.remove(asset.assetId),
    ];

    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await alice.get(asset.assetId)).body).toEqual(asset);
    expect(idsOf(await mallory.list())).toEqual([]);
  });

  it('are changed and deleted only as the caller has seen them', async () => {
    const api = assetsApi();
    const { asset } = await api.anAsset();
    const seen = { 'if-match': entityTagOf(asset) };

    const renamed = await api.update(asset.assetId, { fileName: 'b.txt' }, seen);
    const again = await api.update(asset.assetId, { fileName: 'c.txt' }, seen);
    const removed = await api.remove(asset.assetId, seen);

    expect([renamed.status, again.status, removed.status]).toEqual([200, 412, 412]);
    expect((await api.get(asset.assetId, { 'if-none-match': String(renamed.headers['ETag']) })).status).toBe(304);
  });

  it('are made once under one Idempotency-Key; another payload is a 422', async () => {
    const api = assetsApi();
    const headers = { 'idempotency-key': 'a key' };
    const first = creationOf(await api.create(aFile, headers));

    const replay = await api.create(aFile, headers);
    const other = await api.create({ ...aFile, size: 6 }, headers);

    expect(replay).toMatchObject({ status: 201, headers: { 'Idempotency-Replayed': 'true' } });
    expect(creationOf(replay).asset).toEqual(first.asset);
    expect(creationOf(replay).upload.url).toContain('X-Amz-Signature');
    expect(other.status).toBe(422);
    expect(idsOf(await api.list())).toHaveLength(1);
  });
});
