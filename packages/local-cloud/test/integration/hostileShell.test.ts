import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hostileShell, writeHostileFiles } from '../support/hostileShell.ts';
import { eventually } from './support/eventually.ts';
import { freeBase } from './support/freeBase.ts';

const repository = resolve(import.meta.dirname, '../../../..');
let folder: string;
let child: ChildProcess;
let gateway: string;
let output = '';

const call = async (path: string, init?: RequestInit) => fetch(`${gateway}${path}`, init);
const post = async (path: string, body: object) => {
  const response = await call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
};
const stateOf = async (path: string) => ((await (await call(path)).json()) as { status?: string }).status;

/** `npm start` as a developer's shell runs it, all five services, with every variable of the table set at once. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  await writeHostileFiles(folder);
  const base = await freeBase();
  gateway = `http://127.0.0.1:${base}`;
  const { PATH, HOME } = process.env;
  const args = ['scripts/run.cjs', 'start', '--port-base', String(base), '--data', join(folder, 'data')];
  child = spawn(process.execPath, args, {
    cwd: repository,
    env: { PATH, HOME, ...hostileShell(folder) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const isReady = () => output.includes('is ready') || child.exitCode !== null;
  if (!(await eventually(isReady, 90_000)) || child.exitCode !== null) throw new Error(output);
}, 100_000);

afterAll(async () => {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
  await rm(folder, { recursive: true, force: true });
}, 20_000);

describe('npm start in a shell full of other settings', () => {
  it('answers', async () => {
    const response = await call('/notes?limit=1');

    expect(response.status).toBe(200);
    expect(((await response.json()) as { notes: unknown[] }).notes).toHaveLength(1);
  }, 30_000);

  it('carries a command out', async () => {
    const { status, body } = await post('/items', { name: 'Ear plugs' });

    expect(status).toBe(202);
    expect(await eventually(async () => (await stateOf(`/requests/${body['requestId']}`)) === 'success', 20_000)).toBe(
      true,
    );
  }, 30_000);

  it('hears of an upload, and of the row that is deleted afterwards', async () => {
    const { body } = await post('/assets', { fileName: 'a.txt', contentType: 'text/plain', size: 5 });
    const { asset, upload } = body as unknown as { asset: { assetId: string }; upload: { url: string } };
    const put = await fetch(upload.url, { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'hello' });
    expect(put.status).toBe(200);
    const path = `/assets/${asset.assetId}`;
    expect(await eventually(async () => (await stateOf(path)) === 'uploaded', 20_000)).toBe(true);

    const { url } = (await (await call(`${path}/download`)).json()) as { url: string };
    expect((await fetch(url)).status).toBe(200);
    expect((await call(path, { method: 'DELETE' })).status).toBe(204);

    expect(await eventually(async () => (await fetch(url)).status === 404, 20_000)).toBe(true);
  }, 70_000);

  it('has run none of its code in the cloud, and said nothing of its switches', async () => {
    const preloaded = await readFile(join(folder, 'preloaded'), 'utf8');

    expect(preloaded).toContain('run.cjs'); // npm's own process is the shell's
    expect(preloaded).not.toContain('main.ts');
    expect(output).not.toMatch(/us-gov-west-1|of-the-developer|AKIAOFTHE/);
  });
});
