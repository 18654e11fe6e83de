import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../../../..');

/** Sources of fixtures are functions, not tests; this file holds examples. */
const files = globSync(['{packages,services}/*/test/**/*.ts', 'packages/test-support/{jest,src}/**/*.ts'], {
  cwd: root,
})
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/node_modules|\/fixtures\/|test-support\/src\/time\.ts|sleeps\.test\.ts/.test(file));

/** A promise that nothing but a timer settles. */
const sleeps = [
  /from 'node:timers\/promises'/,
  /setTimeout\(\s*(?:resolve|done|ok)\b/,
  /setTimeout\(\s*\(\)\s*=>\s*(?:resolve|done|ok)\(/,
  /new Promise(?:<[^>]*>)?\(\(?(\w+)\)?\s*=>\s*\{?\s*setTimeout\(\s*\1\b/,
];

const hasSleep = (source: string) => sleeps.some((sleep) => sleep.test(source));

const programs = ['packages/local-cloud/test/unit/lifecycle.test.ts']; // texts of child processes, which sleep to be slow

describe('tests', () => {
  it('do not sleep: they wait for a condition, or say why time passes (test-support/src/time.ts)', () => {
    const sleeping = files.filter((file) => hasSleep(readFileSync(join(root, file), 'utf8')));

    expect(files.length).toBeGreaterThan(200);
    expect(sleeping).toEqual(programs);
  });

  it.each([
    "import { setTimeout as delay } from 'node:timers/promises';",
    'await new Promise((resolve) => setTimeout(resolve, 600));',
    'await new Promise((resolve) => {\n  setTimeout(resolve, 600);\n});',
    'await new Promise<void>((go) => setTimeout(go, 600));',
    'await new Promise<void>((resolve) => setTimeout(() => resolve(), 600));',
  ])('are found that sleep: %s', (source) => {
    expect(hasSleep(source)).toBe(true);
  });

  it.each(["setTimeout(() => child.kill('SIGTERM'), 600);", 'const limit = setTimeout(() => socket.destroy(), 10);'])(
    'may have a limit or do something later: %s',
    (source) => {
      expect(hasSleep(source)).toBe(false);
    },
  );
});
