/** `pnpm bench [functions|pages|changes|commands|memory|stack …]`: the product's figures beside their targets, against a local cloud of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apis } from '@app/contracts/apis';
import { createDocumentClient, createOwnedItems } from '@app/dynamodb';
import { startLocalCloud } from '@app/local-cloud';
import { bundleFunctions } from './bundles.ts';
import { measureChanges } from './changes.ts';
import { measureManyCommands, measurePacedCommands } from './commands.ts';
import { reportColdStarts, reportSizes, reportWarmOverhead } from './functions.ts';
import { measureMemoryAfterLoad } from './memoryAfterLoad.ts';
import { createMemosTable } from './memos.ts';
import { memosTable } from './memosTable.ts';
import { measurePages } from './pages.ts';
import { report } from './report.ts';
import { reportStack } from './stack.ts';

const memosName = 'bench-memos';
const asked = process.argv.slice(2);
const isAsked = (section: string) => asked.length === 0 || asked.includes(section);

const folder = await mkdtemp(join(tmpdir(), 'groundwork-bench-'));
const cloud = await startLocalCloud();
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: cloud.endpoints.dynamodb,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'eu-west-1',
  MEMOS_TABLE: memosName,
  POWERTOOLS_SERVICE_NAME: 'memos',
  CORS_ORIGINS: 'http://localhost:3000',
});

/** A memo in a table of its own, for the functions that get it. */
const createMemo = async (): Promise<string> => {
  const client = createDocumentClient({ endpoint: cloud.endpoints.dynamodb });
  await createMemosTable(client, memosName);
  const memos = createOwnedItems({ client, TableName: memosName, table: memosTable });
  const id = crypto.randomUUID();
  await memos.create('public', { title: 'Milk', content: 'Two pints' }, { id });
  client.destroy();
  return id;
};

/** The first list that a service has, for one row. */
const anyList = () => {
  const list = Object.values(apis)
    .flat()
    .find(({ method, path }) => method === 'GET' && !path.includes('{'));
  return `${list?.path ?? '/'}?limit=1`;
};

/** Figures of one service's own, where it is there. */
const hasItems = cloud.urls['items'] !== undefined;

try {
  if (isAsked('functions')) {
    const bundles = await bundleFunctions(folder);
    reportSizes(bundles);
    await reportColdStarts(folder, await createMemo());
    await reportWarmOverhead(folder);
  }
  if (isAsked('pages')) report('A page of 25', await measurePages(cloud.endpoints.dynamodb));
  if (isAsked('changes')) report('A table that has changed often', await measureChanges(folder, 100_000));
  if (isAsked('commands') && hasItems) {
    const gateway = String(cloud.urls.gateway);
    report('Commands on items', [
      ...(await measurePacedCommands(gateway, 20, 15)),
      ...(await measureManyCommands(gateway)),
    ]);
  }
  if (isAsked('memory') && hasItems) report('Memory a minute after load', await measureMemoryAfterLoad());
  if (isAsked('stack')) await reportStack(cloud, anyList());
  if (!hasItems) console.log('Left out, as there is no items service: commands, memory');
} finally {
  await cloud.stop();
  await rm(folder, { recursive: true });
}
