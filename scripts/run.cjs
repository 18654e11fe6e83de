/**
 * `npm start` and `npm test` on a machine that has only Node 20 or later and npm: installs what is missing, then runs the
 * command's script with the Node that Lambda runs, which is one of the things installed. No dependencies, plain CommonJS.
 */
const { execFile, spawn, spawnSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { constants } = require('node:os');
const { join } = require('node:path');
const { faultOfPath } = require('./checkPath.cjs');

const root = join(__dirname, '..');
const scripts = { start: 'packages/local-cloud/src/main.ts', test: 'scripts/check.ts' };
const [command, ...args] = process.argv.slice(2);

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** A lockfile without what Git or an editor may have done to its line ends: pnpm writes its copy with LF. */
const readLockfile = (file) => read(join(root, file))?.replaceAll('\r\n', '\n');

/** pnpm keeps a copy of the lockfile it last installed: comparing takes a few milliseconds, asking pnpm two seconds. */
const isInstalled = () => {
  const installed = readLockfile('node_modules/.pnpm/lock.yaml');
  return installed !== undefined && installed === readLockfile('pnpm-lock.yaml');
};

const install = () => {
  const { packageManager } = JSON.parse(read(join(root, 'package.json')));
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' };
  const { status } = spawnSync('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], options);
  if (status !== 0) process.exit(status ?? 1);
};

/** When the command was typed: npm was up a while before this file. Only Linux tells; elsewhere it is the start of this process. */
const typedAt = () => {
  try {
    const ticks = Number(read(`/proc/${process.ppid}/stat`).split(') ')[1].split(' ')[19]);
    const bootedAt = Date.now() - Number(read('/proc/uptime').split(' ')[0]) * 1000;
    return process.env.npm_lifecycle_event ? bootedAt + ticks * 10 : performance.timeOrigin;
  } catch {
    return performance.timeOrigin;
  }
};

/** npm, or the shell that it started this in and npm behind that: when one of them has gone, so must this. */
const watchParents = (stop) => {
  const parent = process.ppid;
  let grandparent;
  if (process.env.npm_lifecycle_event) {
    execFile('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], (error, output) => {
      const [, pid, name] = /(\d+)\s+(.*)/.exec(error ? '' : output) ?? [];
      if (/^(.*\/)?-?(sh|bash|dash|zsh|ash|busybox)$/.test(name?.trim() ?? '')) grandparent = Number(pid);
    });
  }
  const isGone = (pid) => {
    try {
      return !process.kill(pid, 0);
    } catch (error) {
      return error.code === 'ESRCH';
    }
  };
  setInterval(() => {
    if (process.ppid !== parent || (grandparent && isGone(grandparent))) stop();
  }, 500).unref();
};

if (!(command in scripts)) {
  console.error(`Usage: node scripts/run.cjs ${Object.keys(scripts).join('|')}`);
  process.exit(2);
}
const fault = faultOfPath(root, { tests: command === 'test' });
if (fault) {
  console.error(fault);
  process.exit(2);
}
const env = { ...process.env, LOCAL_STARTED_AT: String(typedAt()) };
if (!isInstalled()) install();
// Set here rather than in the script, which would already have been compiled by the time it could say so.
env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compile');
const child = spawn(join(root, 'node_modules/node/bin/node'), [join(root, scripts[command]), ...args], {
  cwd: root,
  env,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'], // the channel closes when this process ends, however it ends
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
watchParents(() => child.kill('SIGTERM'));
child.once('error', ({ message }) => {
  console.error(message);
  process.exit(1);
});
child.once('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
