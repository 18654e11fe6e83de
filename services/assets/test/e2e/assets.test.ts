import { callGateway } from '@app/test-support';
import { settled } from '@app/test-support/time';
import { describe, expect, it } from '@jest/globals';
import { creationOf } from '../support/assetsApi.ts';
import { put } from '../support/bucket.ts';

const file = { fileName: 'notes.md', contentType: 'text/markdown', size: 5 };

describe('assets, over HTTP', () => {
  it('are created, uploaded, found, renamed, downloaded and deleted', async () => {
    const created = await callGateway('/assets', { method: 'POST', body: file });
    const { asset, upload } = creationOf(created);
    const location = String(created.headers.get('location'));
    expect(created.status).toBe(201);
    expect(location).toBe(`/assets/${asset.assetId}`);
    expect(created.headers.get('etag')).toMatch(/^"1-/);

    expect(await put(upload, 'hello')).toBe(200);
    const uploaded = await settled(
      () => callGateway(location),
      ({ body }) => body['status'] === 'uploaded',
    );
    const listed = await callGateway(
      `/assets?status=uploaded&createdFrom=${asset.createdAt}&createdTo=${asset.createdAt}`,
    );
    const renamed = await callGateway(location, { method: 'PATCH', body: { fileName: 'read me.md' } });
    const download = await callGateway(`${location}/download`);
    const fetched = await fetch(String(download.body['url']));

    expect(uploaded.body).toMatchObject({ status: 'uploaded', version: 2 });
    expect(listed.body['assets']).toContainEqual(uploaded.body);
    expect(renamed.body).toMatchObject({ fileName: 'read me.md', s3Key: asset.s3Key, version: 3 });
    expect(Date.parse(String(download.body['expiresAt'])) - Date.now()).toBeGreaterThan(3_590_000);
    expect(fetched.headers.get('content-disposition')).toContain('filename="read me.md"');
    expect(await fetched.text()).toBe('hello');
    expect((await callGateway(location, { method: 'DELETE' })).status).toBe(204);
    expect((await callGateway(location)).status).toBe(404);
  });

  it('may be renamed while they await their upload', async () => {
    const created = await callGateway('/assets', { method: 'POST', body: file });
    const { upload } = creationOf(created);
    const location = String(created.headers.get('location'));

    await callGateway(location, { method: 'PUT', body: { fileName: 'other.md' } });
    await put(upload, 'hello');
    const { body } = await settled(
      () => callGateway(location),
      (answer) => answer.body['status'] === 'uploaded',
    );

    expect(body).toMatchObject({ fileName: 'other.md', status: 'uploaded' });
  });

  it('are seeded, three of them with their files', async () => {
    const { body } = await callGateway('/assets?limit=100&createdTo=2026-06-30T23:59:59Z');
    const seeds = body['assets'] as { assetId: string; status: string; size: number }[];
    const withFiles = seeds.filter(({ status }) => status === 'uploaded');
    const sizes = await Promise.all(
      withFiles.map(async ({ assetId }) => {
        const download = await callGateway(`/assets/${assetId}/download`);
        return (await (await fetch(String(download.body['url']))).arrayBuffer()).byteLength;
      }),
    );

    expect(seeds.length).toBeGreaterThanOrEqual(36);
    expect(withFiles).toHaveLength(3);
    expect(sizes).toEqual(withFiles.map(({ size }) => size));
  });
});
