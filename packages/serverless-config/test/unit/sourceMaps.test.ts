import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageFunction, pluginsFor, root, serverlessOf } from '../support/deployedFunction.ts';

const stage = `test-${randomUUID().slice(0, 8)}`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundwork-maps-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(join(root, '.sourcemaps', stage), { recursive: true, force: true });
});

describe('the source maps of functions', () => {
  it('change nothing in the bundles', async () => {
    const without = await packageFunction(
      serverlessOf('notes', { command: 'offline' }),
      'getNote',
      join(folder, 'plain'),
    );

    const mapped = await packageFunction(serverlessOf('notes', { stage }), 'getNote', join(folder, 'mapped'));

    const bundle = await readFile(mapped, 'utf8');
    expect(bundle).toBe(await readFile(without, 'utf8'));
    expect(bundle).not.toContain('sourceMappingURL');
  });

  it('are made by packaging and deploying alone', () => {
    const made = (command: string) => pluginsFor(serverlessOf('notes', { command })).map(({ name }) => name);

    expect([made('package'), made('deploy')]).toEqual([['keep-source-maps'], ['keep-source-maps']]);
    expect([made('offline'), made('invoke')]).toEqual([[], []]);
  });
});
