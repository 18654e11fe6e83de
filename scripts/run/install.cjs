/** Installs what is missing, whatever the developer's settings say about build scripts and development dependencies. */
const { spawnSync } = require('node:child_process');
const { readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { findMissing, nodeOf } = require('./installed.cjs');
const { withoutThem } = require('./npmOptions.cjs');

const unwanted = /^((p?npm_config_)(ignore_scripts|only|omit|production|dev|optional|frozen_lockfile)|node_env)$/i;
const settings = ['--config.ignore-scripts=false', '--config.confirm-modules-purge=false', '--prod=false'];

const environmentOf = (env) =>
  Object.fromEntries(Object.entries(withoutThem(env)).filter(([name]) => !unwanted.test(name)));

const run = (command, args, options) => spawnSync(command, args, { shell: process.platform === 'win32', ...options });

/** pnpm compares no further than its own notes of the last installation. */
const forgetNotes = (root) => {
  for (const note of ['.pnpm-workspace-state-v1.json', '.pnpm/lock.yaml'])
    rmSync(join(root, 'node_modules', note), { force: true });
};

const why = (manager, options) => {
  const { status } = run('npm', ['view', manager, 'version'], { ...options, stdio: 'ignore', timeout: 60_000 });
  if (status === 0) return 'What failed is said above.';
  const { stdout } = run('npm', ['config', 'get', 'registry'], {
    ...options,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  return `npm cannot get ${manager} from its registry, ${(stdout ?? '').trim()}. Is there a network, and a proxy to be named (npm config set https-proxy <url>)?`;
};

/** Undefined when it has succeeded, else what to tell. */
const install = (root) => {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const options = { cwd: root, stdio: 'inherit', env: environmentOf(process.env) };
  const pnpm = (...args) => run('npx', ['--yes', packageManager, ...args], options).status === 0;
  forgetNotes(root);
  const isDone =
    pnpm('install', '--frozen-lockfile', ...settings) && (nodeOf(root) || pnpm('rebuild', 'node', 'esbuild'));
  if (!isDone) return `The installation did not succeed. ${why(packageManager, options)}`;
  return nodeOf(root)
    ? undefined
    : `The installation left out ${findMissing(root)}. Remove node_modules and start again.`;
};

module.exports = { install };
