/** `pnpm bench [functions|pages|changes|commands|memory|stack …]`: the product's figures beside their targets, against a local cloud of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud } from '@app/local-cloud';
import { bundleFunctions } from './bundles.ts';
import { measureChanges } from './changes.ts';
import { measureManyCommands, measurePacedCommands } from './commands.ts';
import { reportColdStarts, reportSizes, reportWarmOverhead } from './functions.ts';
import { measureMemoryAfterLoad } from './memoryAfterLoad.ts';
import { measurePages } from './pages.ts';
import { report } from './report.ts';
import { reportStack } from './stack.ts';

const asked = process.argv.slice(2);
const isAsked = (section: string) => asked.length === 0 || asked.includes(section);

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

const createNote = async (): Promise<string> => {
  const response = await fetch(`${cloud.urls.gateway}/notes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Milk', content: 'Two pints' }),
  });
  const { id } = (await response.json()) as { id: string };
  return id;
};

try {
  const noteId = await createNote();
  if (isAsked('functions')) {
    const bundles = await bundleFunctions(folder);
    reportSizes(bundles);
    await reportColdStarts(bundles, folder, noteId);
    await reportWarmOverhead(folder);
  }
  if (isAsked('pages')) report('A page of 25 notes', await measurePages(cloud.endpoints.dynamodb));
  if (isAsked('changes')) report('A table that has changed often', await measureChanges(folder, 100_000));
  if (isAsked('commands')) {
    const gateway = String(cloud.urls.gateway);
    report('Commands on items', [
      ...(await measurePacedCommands(gateway, 20, 15)),
      ...(await measureManyCommands(gateway)),
    ]);
  }
  if (isAsked('memory')) report('Memory a minute after load', await measureMemoryAfterLoad());
  if (isAsked('stack')) await reportStack(cloud, `/notes/${noteId}`);
} finally {
  await cloud.stop();
  await rm(folder, { recursive: true });
}
