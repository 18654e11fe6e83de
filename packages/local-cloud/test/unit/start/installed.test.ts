import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const { findMissing } = createRequire(import.meta.url)('../../../../../scripts/run/installed.cjs') as {
  findMissing: (root: string) => string | undefined;
};
const platform = `${process.platform}-${process.arch}`;
const lockfile = "lockfileVersion: '9.0'\n\nsettings:\n  autoInstallPeers: true\n";
const esbuild = 'node_modules/.pnpm/esbuild@1/node_modules';
let root: string;

const put = async (file: string, content: string) => {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), content);
};
const remove = (file: string) => rm(join(root, file), { recursive: true });
const manifest = (...names: string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) });

/** A checkout as pnpm leaves it, in small. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'installed-'));
  const engine = `@engine/${platform}`;
  await put(
    'package.json',
    JSON.stringify({
      devDependencies: { esbuild: '1' },
      optionalDependencies: { [engine]: '1', '@engine/plan9-mips': '1' },
    }),
  );
  await put('pnpm-lock.yaml', lockfile);
  await put('node_modules/.pnpm/lock.yaml', lockfile);
  await put('node_modules/.modules.yaml', '{}');
  await put('node_modules/node/bin/node', '#!');
  await put(`node_modules/${engine}/package.json`, '{}');
  await put(`${esbuild}/esbuild/package.json`, '{}');
  await put(`${esbuild}/@esbuild/${platform}/bin/esbuild`, '#!');
  await symlink(join(root, esbuild, 'esbuild'), join(root, 'node_modules/esbuild'));
  await put('packages/http/package.json', manifest());
  await put('packages/local-cloud/package.json', manifest('@app/http', 'left-pad'));
  await put('packages/local-cloud/node_modules/left-pad/package.json', '{}');
  await mkdir(join(root, 'packages/local-cloud/node_modules/@app'));
  await symlink(join(root, 'packages/http'), join(root, 'packages/local-cloud/node_modules/@app/http'));
  await put('packages/notes.txt', 'no workspace');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('findMissing', () => {
  it('finds nothing missing in a whole installation, nor in lockfiles with other line ends', async () => {
    expect(findMissing(root)).toBeUndefined();

    await put('pnpm-lock.yaml', lockfile.replaceAll('\n', '\r\n'));
    expect(findMissing(root)).toBeUndefined();
  });

  it.each<[what: string, damage: () => Promise<unknown>]>([
    ['no node_modules', () => remove('node_modules')],
    ['no lockfile of the last installation', () => remove('node_modules/.pnpm/lock.yaml')],
    ['another lockfile', () => put('pnpm-lock.yaml', `${lockfile}# changed\n`)],
    ['no note of a finished installation', () => remove('node_modules/.modules.yaml')],
    ['no Node', () => remove('node_modules/node/bin/node')],
    ['an empty Node', () => put('node_modules/node/bin/node', '')],
    ['no package of Node', () => remove('node_modules/node')],
    ['no binary of esbuild', () => remove(`${esbuild}/@esbuild/${platform}/bin/esbuild`)],
    ['no engine for this platform', () => remove(`node_modules/@engine/${platform}`)],
    ['no links in a workspace', () => remove('packages/local-cloud/node_modules')],
    ['one link gone', () => remove('packages/local-cloud/node_modules/left-pad')],
    ['one link of ours gone', () => remove('packages/local-cloud/node_modules/@app/http')],
    ['a link that leads nowhere', () => remove(`${esbuild}/esbuild`)],
    ['a package without its files', () => remove('packages/local-cloud/node_modules/left-pad/package.json')],
    ['a new workspace without links', () => put('services/new/package.json', manifest('left-pad'))],
    ['a dependency that was added by hand', () => put('packages/http/package.json', manifest('left-pad'))],
  ])('finds out: %s', async (_, damage) => {
    await damage();

    expect(findMissing(root)).toEqual(expect.any(String));
  });
});
