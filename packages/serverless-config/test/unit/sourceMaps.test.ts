import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFunction, packageFunction, root, serverlessOf } from '@app/test-support/deployedFunction';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { esbuildPlugins } from '../../src/packaging/sourceMaps.ts';

const stage = `test-${randomUUID().slice(0, 8)}`;
const { service, handler } = anyFunction();
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
      serverlessOf(service, { command: 'offline' }),
      handler,
      join(folder, 'plain'),
    );

    const mapped = await packageFunction(serverlessOf(service, { stage }), handler, join(folder, 'mapped'));

    const bundle = await readFile(mapped, 'utf8');
    expect(bundle).toBe(await readFile(without, 'utf8'));
    expect(bundle).not.toContain('sourceMappingURL');
  });

  it('are made by packaging and deploying alone', () => {
    const made = (command: string) => esbuildPlugins(serverlessOf(service, { command })).map(({ name }) => name);

    expect([made('package'), made('deploy')]).toEqual([['keep-source-maps'], ['keep-source-maps']]);
    expect([made('offline'), made('invoke')]).toEqual([[], []]);
  });
});
