// One execution environment: a worker thread that loads a function once and runs it for one event after another.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';

const { codeFolder, handler } = workerData;

/** What the function prints goes the way of its answers, and so comes before the answer that it belongs to. */
for (const name of ['stdout', 'stderr'])
  process[name].write = (chunk, encoding, callback) => {
    const done = typeof encoding === 'function' ? encoding : callback;
    parentPort.postMessage({ output: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
    if (done) process.nextTick(done);
    return true;
  };

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

const invoke = async (event, { deadlineMs, traceHeader, ...context }) => {
  process.env._X_AMZN_TRACE_ID = traceHeader; // as Lambda's runtime does: the SDK sends it along
  const getRemainingTimeInMillis = () => Math.max(0, deadlineMs - Date.now());
  const run = await loaded;
  return run(JSON.parse(event), { ...context, getRemainingTimeInMillis });
};

const errorOf = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

let isCold = true;

parentPort.on('message', async ({ event, context }) => {
  const measured = () => {
    const measures = { isCold, usedMemory: getHeapStatistics().used_heap_size };
    isCold = false;
    return measures;
  };
  try {
    const payload = JSON.stringify(await invoke(event, context)) ?? 'null';
    parentPort.postMessage({ payload, ...measured() });
  } catch (error) {
    parentPort.postMessage({ error: errorOf(error), ...measured() });
  }
});
