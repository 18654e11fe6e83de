/** Jest for ES modules: `node scripts/jest.ts <Jest's arguments>`, with the validators current. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { bin } from './bin.ts';
import { generate } from './generate.ts';

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** Resolves to Jest's exit code. Signals reach Jest too, which ends what its set-up started. */
export const runJest = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> => {
  await generate();
  const child = spawn(process.execPath, [...flags, bin('jest'), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, forward);
  const [code] = (await once(child, 'close')) as [number | null];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, forward);
  return code ?? 1;
};

if (import.meta.main) process.exitCode = await runJest(process.argv.slice(2));
