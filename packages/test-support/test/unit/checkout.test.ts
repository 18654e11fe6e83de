import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../../../..');
const run = promisify(execFile);

const services = readdirSync(join(root, 'services')).map((name) => join('services', name));

const seedFiles = services
  .map((folder) => join(folder, 'seed/files'))
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)));

/** What a shell, pnpm, Node and the seed read, and no text. */
const texts = [
  'scripts/smoke.sh',
  'scripts/run.cjs',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  'README.md',
  'packages/middleware/src/index.ts',
  ...services.map((folder) => join(folder, 'serverless.yml')),
  ...seedFiles,
];
const binary = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');

let folder: string;
let checkout: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundwork-checkout-'));
  const origin = join(folder, 'origin');
  checkout = join(folder, 'checkout');
  for (const file of ['.gitattributes', ...texts]) {
    await mkdir(dirname(join(origin, file)), { recursive: true });
    await copyFile(join(root, file), join(origin, file));
  }
  await writeFile(join(origin, 'image.png'), binary);
  await writeFile(join(origin, 'windows.ts'), 'export {};\r\n');
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: folder });
  await git('init', '--quiet', origin);
  await git('-C', origin, 'add', '.');
  await git('-C', origin, 'commit', '--quiet', '--no-gpg-sign', '--message', 'all');
  await git('clone', '--quiet', '--config', 'core.autocrlf=true', origin, checkout);
});
afterAll(() => rm(folder, { recursive: true }));

describe('a clone where Git is set to make CRLF of LF', () => {
  it.each([...texts, 'windows.ts'])('has LF in %s', async (file) => {
    expect(await readFile(join(checkout, file), 'utf8')).not.toContain('\r');
  });

  it('has binary files as they are', async () => {
    expect(await readFile(join(checkout, 'image.png'))).toEqual(binary);
  });
});

/** What `npm start` runs before anything is installed. */
const programs = [
  'scripts/run.cjs',
  'scripts/checkPath.cjs',
  'scripts/run/install.cjs',
  'scripts/run/installed.cjs',
  'scripts/run/npmOptions.cjs',
  'scripts/run/parents.cjs',
  'packages/local-cloud/cleanEnvironment.cjs',
];

/** As much of a checkout, below a folder of this name, as `npm start` needs to get to the local cloud. */
const aCheckout = async (name: string, lockfile: string) => {
  const here = join(folder, name);
  for (const [file, text] of [
    ['package.json', '{"packageManager":"pnpm@0.0.0"}'],
    ['pnpm-lock.yaml', lockfile],
    ['node_modules/.pnpm/lock.yaml', lockfile.replaceAll('\r\n', '\n')],
    ['packages/local-cloud/src/main.ts', "console.log('started')"],
    ['scripts/check.ts', "console.log('tested')"],
  ] as const) {
    await mkdir(dirname(join(here, file)), { recursive: true });
    await writeFile(join(here, file), text);
  }
  await mkdir(join(here, 'node_modules/node/bin'), { recursive: true });
  await symlink(process.execPath, join(here, 'node_modules/node/bin/node'));
  await writeFile(join(here, 'node_modules/.modules.yaml'), '');
  await mkdir(join(here, 'node_modules/esbuild'), { recursive: true });
  for (const file of programs) {
    await mkdir(dirname(join(here, file)), { recursive: true });
    await copyFile(join(root, file), join(here, file));
  }
  return join(here, 'scripts/run.cjs');
};

const npm = async (command: 'start' | 'test', script: string) => {
  const { NODE_OPTIONS: _ofTests, ...env } = process.env;
  const running = run(process.execPath, [script, command], { env: { ...env, npm_config_offline: 'true' } });
  return (await running.then(
    (output) => ({ code: 0, ...output }),
    (error: unknown) => error,
  )) as { code: number; stdout: string; stderr: string };
};

describe('npm start', () => {
  it('installs nothing when the lockfile differs from the installed one in its line ends only', async () => {
    const script = await aCheckout('installed', "lockfileVersion: '9.0'\r\nsettings:\r\n");

    expect(await npm('start', script)).toMatchObject({ code: 0, stdout: 'started\n' });
  });
});

describe.each(['start', 'test'] as const)('npm %s', (command) => {
  it.each([
    'a b',
    "it's",
    '"so"',
    'ü日',
    '#1',
    '%41',
    '$HOME',
    ';',
    '&',
    '|',
    '(y)',
    '[z]+',
    '{a,b}',
    '`',
    '<',
    '~',
    ':',
  ])('runs below a folder named %j', async (name) => {
    const script = await aCheckout(`${command} ${name}`, 'lockfile');

    expect(await npm(command, script)).toMatchObject({ code: 0, stdout: `${command}ed\n` });
  });
});

describe.each([
  ['start', '*'],
  ['test', '*'],
  ['start', '\\'],
  ['test', '\\'],
  ['test', '?'],
  ['test', '\n'],
] as const)('npm %s below a folder with %j in its name', (command, character) => {
  it('says at once that it cannot, and why', async () => {
    const script = await aCheckout(`${command} a${character}b`, 'lockfile');

    const { code, stdout, stderr } = await npm(command, script);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`Move this checkout: its path has ${JSON.stringify(character)} in it, and `);
    expect(stderr).toContain(folder);
  });
});
