import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { megabytesOf } from './processTree.ts';
import { median } from './statistics.ts';

const root = join(import.meta.dirname, '../../..');
const portBase = 22_000; // beyond all that a cloud of the harness listens on

const untilReady = async ({ stdout }: ChildProcess) => {
  if (!stdout) throw new Error('npm start has no output');
  const lines: string[] = [];
  for await (const line of createInterface(stdout)) {
    lines.push(line);
    if (line.includes('is ready')) return stdout.resume();
  }
  throw new Error(`npm start ended:\n${lines.join('\n')}`);
};

/** Ends the start as Ctrl-C does, by a signal to the whole group, and waits until its ports are free. */
const stop = async (npm: ChildProcess) => {
  process.kill(-Number(npm.pid), 'SIGINT');
  if (npm.exitCode === null && npm.signalCode === null) await once(npm, 'exit');
  for (let tries = 0; tries < 100; tries++) {
    const isUp = await fetch(`http://127.0.0.1:${portBase}/`).then(
      () => true,
      () => false,
    );
    if (!isUp) return;
    await wait(100);
  }
};

/** `npm start` as it is typed, on ports of its own; seconds until it says that it is ready, and megabytes a little later. */
const startOnce = async (data: string) => {
  const startedAt = performance.now();
  const npm = spawn('npm', ['start', '--', '--port-base', String(portBase), '--data', data], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true, // a process group of its own
  });
  await untilReady(npm);
  const seconds = (performance.now() - startedAt) / 1000;
  await wait(2000);
  const megabytes = await megabytesOf(Number(npm.pid));
  await stop(npm);
  return { seconds, megabytes };
};

const rounds = 7;

/** Medians over several starts with everything installed; the first, which makes and seeds the tables, is not counted. */
export const measureStart = async () => {
  const data = await mkdtemp(join(tmpdir(), 'groundwork-start-'));
  const starts: Awaited<ReturnType<typeof startOnce>>[] = [];
  for (let round = 0; round <= rounds; round++) starts.push(await startOnce(data));
  await rm(data, { recursive: true });
  const counted = starts.slice(1);
  return {
    seconds: median(counted.map(({ seconds }) => seconds)),
    megabytes: median(counted.map(({ megabytes }) => megabytes)),
  };
};
