/** `pnpm bench`: the product's figures beside their targets, against a local cloud of its own. Takes some minutes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud } from '@app/local-cloud';
import { type Bundle, bundleFunctions, bundleProbe } from './bundles.ts';
import { compareColdStarts } from './coldStart.ts';
import { measurePages } from './pages.ts';
import { report } from './report.ts';
import { measureWarmOverhead } from './warmOverhead.ts';

/** Bytes that a function's JavaScript may have at most, by what it needs. */
const sizeTarget = ({ service }: Bundle) => ({ assets: 450_000, items: 300_000 })[service] ?? 270_000;

const folder = await mkdtemp(join(tmpdir(), 'groundwork-bench-'));
const cloud = await startLocalCloud();
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: cloud.endpoints.dynamodb,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'eu-west-1',
  NOTES_TABLE: 'notes-dev',
  POWERTOOLS_SERVICE_NAME: 'notes',
  CORS_ORIGINS: 'http://localhost:3000',
});

try {
  const bundles = await bundleFunctions(folder);
  report(
    'JavaScript of every function',
    bundles.map((bundle) => ({
      name: `${bundle.service}: ${bundle.name}`,
      value: bundle.bytes,
      unit: 'bytes',
      atMost: sizeTarget(bundle),
      digits: 0,
    })),
  );

  const oursOf = (name: string) => bundles.find((bundle) => bundle.name === name)?.file ?? '';
  const wholeSdk = { alias: {} };
  const [created] = await cloudNotes();
  const coldStarts = [
    {
      name: 'createNote',
      bare: await bundleProbe('bareCreateNote', folder, wholeSdk),
      request: { method: 'POST', path: '/notes', body: { title: 'Milk', content: 'Two pints' } },
    },
    {
      name: 'getNote',
      bare: await bundleProbe('bareGetNote', folder, wholeSdk),
      request: { path: `/notes/${created}`, params: { id: created } },
    },
  ];
  for (const contest of coldStarts) {
    report(`Cold start, ${contest.name}`, await compareColdStarts({ ...contest, ours: oursOf(contest.name) }));
  }

  report('Warm', [await measureWarmOverhead(await bundleProbe('warmOverhead', folder))]);
  report('A page of 25 notes', await measurePages(cloud.endpoints.dynamodb));
} finally {
  await cloud.stop();
  await rm(folder, { recursive: true });
}

/** The id of a note that is there. */
async function cloudNotes(): Promise<[string]> {
  const response = await fetch(`${cloud.urls.gateway}/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Milk', content: 'Two pints' }),
  });
  const { id } = (await response.json()) as { id: string };
  return [id];
}
