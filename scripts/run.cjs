/**
 * `npm start` and `npm test` on a machine that has only Node 20 or later and npm: installs what is missing, then runs the
 * command's script with the Node that Lambda runs, which is one of the things installed. No dependencies, plain CommonJS.
 */
const { spawn } = require('node:child_process');
const { constants } = require('node:os');
const { join } = require('node:path');
const { cleanEnvironment } = require('../packages/local-cloud/cleanEnvironment.cjs');
const { faultOfPath } = require('./checkPath.cjs');
const { install } = require('./run/install.cjs');
const { findMissing, nodeOf } = require('./run/installed.cjs');
const { takeFromNpm, withoutThem } = require('./run/npmOptions.cjs');
const { typedAt, watchParents } = require('./run/parents.cjs');

const root = join(__dirname, '..');
const scripts = { start: 'packages/local-cloud/src/main.ts', test: 'scripts/check.ts' };
const [command, ...words] = process.argv.slice(2);

const refuse = (message, code) => {
  console.error(message);
  process.exit(code);
};

if (!(command in scripts)) refuse(`Usage: node scripts/run.cjs ${Object.keys(scripts).join('|')}`, 2);
const { args = [], problem } = command === 'start' ? takeFromNpm(words, process.env) : { args: words };
if (problem) refuse(problem, 2);
const fault = faultOfPath(root, { tests: command === 'test' });
if (fault) refuse(fault, 2);

const startedAt = typedAt();
const missing = findMissing(root);
if (missing) {
  console.log(`Installing, as this is missing: ${missing}`);
  const failure = install(root);
  if (failure) refuse(failure, 1);
}

const kept = withoutThem(process.env);
const env = { ...(command === 'start' ? cleanEnvironment(kept) : kept), LOCAL_STARTED_AT: String(startedAt) };
// Set here rather than in the script, which would already have been compiled by the time it could say so.
env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compile');
const child = spawn(nodeOf(root), [join(root, scripts[command]), ...args], {
  cwd: root,
  env,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'], // the channel closes when this process ends, however it ends
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
watchParents(() => child.kill('SIGTERM'));
child.once('error', ({ message }) => refuse(`${message}\nRemove node_modules and start again.`, 1));
child.once('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
