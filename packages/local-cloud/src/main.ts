/** The program behind `npm start`: options in options.ts, what it does in cloud/cloud.ts. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/compile')); // where run.cjs has it too
const startedAt = Number(process.env['LOCAL_STARTED_AT'] ?? performance.timeOrigin);
const { cleanOwnEnvironment } = await import('./process/environment.ts');
cleanOwnEnvironment(); // before anything reads it
const { createLifecycle } = await import('./process/lifecycle.ts');
const { readOptions } = await import('./process/options.ts');
const { runCloud } = await import('./cloud/cloud.ts');
const { headlineOf, renderReport } = await import('./cloud/report.ts');
const { giveBackMemory } = await import('./process/memory.ts');
const { explain } = await import('./data/explain.ts');
const { watchSpace } = await import('./data/watchSpace.ts');
const { warnOfFileLimit } = await import('./process/fileLimit.ts');

const { openTerminal } = await import('./terminal/openTerminal.ts');

const lifecycle = createLifecycle();
let data = '.local';
try {
  const options = readOptions(process.argv.slice(2), process.env);
  ({ data } = options);
  const terminal = openTerminal(options, lifecycle);
  const log = (message: string) => terminal.say(message);
  const report = await runCloud(options, { lifecycle, terminal, startedAt });
  if (terminal.mode === 'json') terminal.say(headlineOf(report), report);
  else log(renderReport(report));
  if (process.connected) process.send?.({ type: 'ready', report }, () => {});
  lifecycle.atEnd(await watchSpace({ folder: data, log }));
  await warnOfFileLimit(log);
  setTimeout(giveBackMemory, 500);
} catch (error) {
  await lifecycle.end(explain(error, { data }) ?? (error as Error).message);
}
