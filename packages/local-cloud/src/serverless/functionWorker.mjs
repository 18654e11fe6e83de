// Runs in the worker thread of one function. serverless-offline's own helper loads a TypeScript runner into every worker
// and has a channel made for every invocation: 10 MB and a third of the main thread's time under load.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { codeDir, handler, servicePath, timeout } = workerData;

const load = async () => {
  const [, module, name] = /^(.*)\.([^.]+)$/.exec(handler) ?? [];
  const file = ['mjs', 'js', 'cjs']
    .map((extension) => join(codeDir ?? servicePath, `${module}.${extension}`))
    .find((candidate) => existsSync(candidate));
  if (!file) throw new Error(`There is no module ${module} in ${codeDir ?? servicePath}`);
  const exports = await import(pathToFileURL(file).href);
  const run = exports[name] ?? exports.default?.[name];
  if (typeof run !== 'function') throw new Error(`${file} exports no function ${name}`);
  return run;
};

const loaded = load();
loaded.catch(() => {}); // every invocation says so

const invoke = async (event, context) => {
  const endsAt = performance.now() + timeout;
  const getRemainingTimeInMillis = () => Math.max(0, Math.floor(endsAt - performance.now()));
  const run = await loaded;
  return run(event, { ...context, getRemainingTimeInMillis });
};

parentPort.on('message', async ({ event, context }) => {
  try {
    parentPort.postMessage(await invoke(event, context));
  } catch (error) {
    parentPort.postMessage(error instanceof Error ? error : new Error(String(error)));
  }
});
