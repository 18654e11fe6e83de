/**
 * `pnpm soak [--minutes 10]`: drives all services with kills, faults, broken clients and restarts, and compares what is
 * there at the end with what was acknowledged. Ends with 1 where anything was lost, doubled, wrong or left behind.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type LocalCloud, portOffsets, startLocalCloud } from '@app/local-cloud';
import { startFaultProxy } from '@app/test-support';
import { warmEveryFunction } from '../latency.ts';
import { megabytesOf } from '../processTree.ts';
import { createClient } from './client.ts';
import { workOnCommands } from './commands.ts';
import { createCounts, createFindings } from './findings.ts';
import { leftBehind } from './leftBehind.ts';
import { kinds, workOnResources } from './resources.ts';
import { beBroken, makeFaults } from './trouble.ts';
import { workOnUploads } from './uploads.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const duration = Number(values.minutes) * 60_000;
if (!(duration > 0 && duration <= 3_600_000)) throw new Error('--minutes is a number from 0 to 60.');

const betweenStops = 20_000; // milliseconds, at least
const settling = 60_000;
const memoryFactor = 1.3;

const portBase = 21_000;
const origin = `http://127.0.0.1:${portBase}`;
const ports = portOffsets().map(({ offset }) => portBase + offset);
const dataDir = await mkdtemp(join(tmpdir(), 'soak-'));
const proxy = await startFaultProxy({ target: `http://127.0.0.1:${portBase + 5000}` });
const findings = createFindings();
const counts = createCounts();

const start = () =>
  startLocalCloud({
    portBase,
    dataDir,
    functionEnvironment: { AWS_ENDPOINT_URL_DYNAMODB: proxy.url },
    args: ['--schedule-seconds', '5'],
  });

let cloud: LocalCloud = await start();
await warmEveryFunction(origin);
await delay(5000);
const before = await megabytesOf(cloud.pid);

const endsAt = Date.now() + duration;
const isOver = () => Date.now() >= endsAt;
const client = createClient(origin, counts, isOver);
const log = (message: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${message}`);

/** Ends the cloud, one time in two by kill -9, and starts it again with the same data. */
const stopAndStart = async () => {
  while (!isOver()) {
    await delay(betweenStops + Math.random() * betweenStops);
    if (isOver()) return;
    if (Math.random() < 0.5) {
      counts.kills += 1;
      process.kill(cloud.pid, 'SIGKILL');
    } else {
      counts.stops += 1;
      await cloud.stop();
    }
    cloud = await start();
  }
};

/** Whether the service of a path has not been taken out. */
const isThere = (path: string) => cloud.urls[path.slice(1)] !== undefined;

const options = { isOver, findings, counts };
const [, judges] = await Promise.all([
  Promise.all([stopAndStart(), makeFaults(proxy, isOver), beBroken(ports, counts, isOver)]).catch((error: Error) =>
    findings.wrong.push(error.message),
  ),
  Promise.all([
    ...kinds.filter(({ path }) => isThere(path)).map((kind) => workOnResources(kind, client, options)),
    ...(isThere('/assets') ? [workOnUploads(client, options)] : []),
    ...(isThere('/items') ? [1, 2].map(() => workOnCommands(origin, client, options)) : []),
  ]),
]);

log('over: what is there is compared with what was acknowledged');
proxy.clear();
const judgedBy = Date.now() + 10 * 60_000;
const reader = createClient(origin, createCounts(), () => Date.now() > judgedBy);
let judged = 0;
for (const judge of judges) judged += await judge(reader);

await delay(settling);
await warmEveryFunction(origin);
await delay(15_000);
const after = await megabytesOf(cloud.pid);
if (after > before * memoryFactor) findings.leaked.push(`${Math.round(after)} MB, after ${Math.round(before)} before`);
const { pid } = cloud;
await cloud.stop();
await proxy.stop();
findings.leaked.push(...(await leftBehind({ pid, dataDir, ports })));
await rm(dataDir, { recursive: true, force: true });

console.log(counts);
console.log({ judged, memoryBefore: Math.round(before), memoryAfter: Math.round(after) });
for (const [kind, all] of Object.entries(findings) as [string, string[]][]) {
  console.log(`${kind}: ${all.length}`);
  for (const each of all.slice(0, 20)) console.log(`  ${each}`);
}
process.exitCode = Object.values(findings).some((all: string[]) => all.length > 0) ? 1 : 0;
