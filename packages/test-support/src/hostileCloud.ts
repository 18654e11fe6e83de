import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freeBase } from './freeBase.ts';
import { hostileShell, writeHostileFiles } from './hostileShell.ts';
import { eventually } from './time.ts';

const repository = resolve(import.meta.dirname, '../../..');

/**
 * `npm start` as a developer's shell runs it, with every variable of hostileShell.ts set at once and these options besides.
 * Resolves when it is ready; rejects with what it printed when it does not become so.
 */
export const startHostileCloud = async (options: readonly string[] = []) => {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  await writeHostileFiles(folder);
  const base = await freeBase();
  const { PATH, HOME } = process.env;
  const place = ['--port-base', String(base), '--data', join(folder, 'data')];
  const child = spawn(process.execPath, ['scripts/run.cjs', 'start', ...place, ...options], {
    cwd: repository,
    env: { PATH, HOME, ...hostileShell(folder) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));

  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const isReady = () => output.includes('is ready') || child.exitCode !== null;
  if (!(await eventually(isReady, 90_000)) || child.exitCode !== null) {
    await stop();
    throw new Error(output);
  }
  return {
    gateway: `http://127.0.0.1:${base}`,
    /** Where the files are that the variables name. */
    folder,
    output: () => output,
    stop,
  };
};
