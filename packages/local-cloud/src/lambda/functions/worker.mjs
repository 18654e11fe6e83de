// One execution environment: a worker thread that loads a function once and runs it for one event after another.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { codeFolder, handler } = workerData;

const load = async () => {
  const [, module, name] = /^(.*)\.([^.]+)$/.exec(handler) ?? [];
  const file = ['mjs', 'js', 'cjs']
    .map((extension) => join(codeFolder, `${module}.${extension}`))
    .find((candidate) => existsSync(candidate));
  if (!file) throw new Error(`There is no module ${module} in ${codeFolder}`);
  const exports = await import(pathToFileURL(file).href);
  const run = exports[name] ?? exports.default?.[name];
  if (typeof run !== 'function') throw new Error(`${file} exports no function ${name}`);
  return run;
};

const loaded = load();
loaded.catch(() => {}); // every invocation says so

const invoke = async (event, { deadlineMs, ...context }) => {
  const getRemainingTimeInMillis = () => Math.max(0, deadlineMs - Date.now());
  const run = await loaded;
  return run(JSON.parse(event), { ...context, getRemainingTimeInMillis });
};

const errorOf = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

parentPort.on('message', async ({ event, context }) => {
  try {
    parentPort.postMessage({ payload: JSON.stringify(await invoke(event, context)) ?? 'null' });
  } catch (error) {
    parentPort.postMessage({ error: errorOf(error) });
  }
});
