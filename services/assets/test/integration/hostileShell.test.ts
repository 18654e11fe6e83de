import { startHostileCloud } from '@app/test-support/hostileCloud';
import { eventually } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let cloud: Awaited<ReturnType<typeof startHostileCloud>>;

beforeAll(async () => {
  cloud = await startHostileCloud(['--only', 'assets']);
});
afterAll(() => cloud?.stop(), 20_000);

interface Created {
  readonly asset: { readonly assetId: string };
  readonly upload: { readonly url: string };
}

const call = (path: string, init?: RequestInit) => fetch(cloud.gateway + path, init);
const json = async <T>(response: Response) => (await response.json()) as T;

describe('in a shell full of other settings', () => {
  it('an upload is heard of, and so is the row that is deleted afterwards', async () => {
    const { asset, upload } = await json<Created>(
      await call('/assets', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ fileName: 'a.txt', contentType: 'text/plain', size: 5 }),
      }),
    );
    const path = `/assets/${asset.assetId}`;
    const put = await fetch(upload.url, { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'hello' });
    expect(put.status).toBe(200);
    const status = async () => (await json<{ status: string }>(await call(path))).status;
    expect(await eventually(async () => (await status()) === 'uploaded')).toBe(true);

    const { url } = await json<{ url: string }>(await call(`${path}/download`));
    expect((await fetch(url)).status).toBe(200);
    expect((await call(path, { method: 'DELETE' })).status).toBe(204);

    // Without the right to list, S3 does not say that an object is gone.
    expect(await eventually(async () => (await fetch(url)).status === 403)).toBe(true);
  });
});
