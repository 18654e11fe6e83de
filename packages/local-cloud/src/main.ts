/** The program behind `npm start`: options in options.ts, what it does in host.ts. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/compile')); // where run.cjs has it too
const startedAt = Number(process.env['LOCAL_STARTED_AT'] ?? performance.timeOrigin);
const { cleanOwnEnvironment } = await import('./environment.ts');
cleanOwnEnvironment(); // before anything reads it
const { createLifecycle } = await import('./lifecycle.ts');
const { readOptions } = await import('./options.ts');
const { runCloud } = await import('./host.ts');
const { renderReport } = await import('./report.ts');
const { giveBackMemory } = await import('./memory.ts');

const lifecycle = createLifecycle();
try {
  const report = await runCloud(readOptions(process.argv.slice(2), process.env), { lifecycle, startedAt });
  process.stdout.write(`${renderReport(report)}\n`);
  if (process.connected) process.send?.({ type: 'ready', report });
  setTimeout(giveBackMemory, 500);
} catch (error) {
  await lifecycle.end((error as Error).message);
}
