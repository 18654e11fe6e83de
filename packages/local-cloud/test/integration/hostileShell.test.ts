import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callsWithoutId } from '@app/test-support/everyOperation';
import { startHostileCloud } from '@app/test-support/hostileCloud';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let cloud: Awaited<ReturnType<typeof startHostileCloud>>;

beforeAll(async () => {
  cloud = await startHostileCloud();
});
afterAll(() => cloud?.stop(), 20_000);

describe('npm start in a shell full of other settings', () => {
  it.each(callsWithoutId)(
    'carries $name out',
    async ({ path, init, expected }) => {
      expect((await fetch(cloud.gateway + path, init)).status).toBe(expected);
    },
    30_000,
  );

  it('has run none of its code in the cloud, and said nothing of its switches', async () => {
    const preloaded = await readFile(join(cloud.folder, 'preloaded'), 'utf8');

    expect(preloaded).toContain('run.cjs'); // npm's own process is the shell's
    expect(preloaded).not.toContain('main.ts');
    expect(cloud.output()).not.toMatch(/us-gov-west-1|of-the-developer|AKIAOFTHE/);
  });
});
