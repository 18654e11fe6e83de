/** Jest for ES modules, with the generated operations current: `node scripts/jest.ts unit|package|integration <Jest's arguments>`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { bin } from './bin.ts';
import { generate } from './generate.ts';

const { faultOfPath } = createRequire(import.meta.url)('./checkPath.cjs') as {
  readonly faultOfPath: (path: string, options: { readonly tests: boolean }) => string | undefined;
};

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/**
 * How many test files run at once. Two that package a service would take its .esbuild folder from each other.
 * Integration tests wait for the cloud most of their time. Jest's own number leaves one core unused.
 */
const workers: Readonly<Record<string, string>> = {
  unit: '--maxWorkers=100%',
  package: '--runInBand',
  integration: `--maxWorkers=${availableParallelism() + 1}`,
};

/**
 * Runs one project's tests; the project stands last, as its option takes all words that follow it. Resolves to Jest's
 * exit code. Signals reach Jest too, which ends what its set-up started.
 */
export const runJest = async (
  project: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> => {
  const fault = faultOfPath(import.meta.dirname, { tests: true });
  if (fault) throw new Error(fault);
  await generate();
  const isSaid = args.some((word) => word.startsWith('--maxWorkers'));
  const most = isSaid ? [] : [workers[project] ?? '--maxWorkers=1'];
  const words = [...flags, bin('jest'), ...most, ...args, '--selectProjects', project];
  const child = spawn(process.execPath, words, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, forward);
  const [code] = (await once(child, 'close')) as [number | null];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, forward);
  return code ?? 1;
};

if (import.meta.main) {
  const [project = 'unit', ...args] = process.argv.slice(2);
  process.exitCode = await runJest(project, args);
}
