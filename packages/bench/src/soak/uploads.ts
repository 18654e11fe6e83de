import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, newKey } from './client.ts';
import type { Counts, Findings } from './findings.ts';

interface Upload {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const longestJudgement = 60_000; // milliseconds
const answerWithinMs = 10_000;

/** Uploads one file after another. Resolves to the judge: what was answered 200 must be `uploaded`, and come back the same. */
export const workOnUploads = async (
  client: Client,
  { isOver, findings, counts }: { isOver: () => boolean; findings: Findings; counts: Counts },
) => {
  const stored = new Map<string, Buffer>();

  while (!isOver()) {
    const bytes = randomBytes(1 + Math.floor(Math.random() * 20_000));
    const body = { fileName: 'soak.bin', contentType: 'application/octet-stream', size: bytes.length };
    const created = await client.until({ method: 'POST', path: '/assets', body, headers: newKey() });
    if (created?.status !== 201) continue;
    const { asset, upload } = created.body as unknown as { asset: { assetId: string }; upload: Upload };
    const put = await fetch(upload.url, {
      method: 'PUT',
      headers: upload.headers,
      body: bytes,
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch(() => undefined);
    if (put?.status === 200) {
      counts.uploads += 1;
      stored.set(asset.assetId, bytes);
    }
    await delay(50);
  }

  const statusOf = async (reader: Client, assetId: string) => {
    const until = Date.now() + longestJudgement;
    for (;;) {
      const status = (await reader.until({ method: 'GET', path: `/assets/${assetId}` }))?.body['status'];
      if (status !== 'pending' || Date.now() > until) return status;
      await delay(200);
    }
  };
  return async (reader: Client) => {
    for (const [assetId, bytes] of stored) {
      const status = await statusOf(reader, assetId);
      if (status !== 'uploaded') {
        findings.lost.push(`/assets/${assetId} was stored, and is ${String(status)}`);
        continue;
      }
      const link = await reader.until({ method: 'GET', path: `/assets/${assetId}/download` });
      const answer = await fetch(String(link?.body['url'])).catch(() => undefined);
      const same = answer && Buffer.from(await answer.arrayBuffer()).equals(bytes);
      if (!same) findings.lost.push(`/assets/${assetId} does not come back as it was stored`);
    }
    return stored.size;
  };
};
