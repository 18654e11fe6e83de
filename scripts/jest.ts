/** Jest for ES modules: `node scripts/jest.ts <Jest's arguments>`, with the validators current. */
import { spawn } from 'node:child_process';
import { bin } from './bin.ts';
import { generate } from './generate.ts';

const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

await generate();
const child = spawn(process.execPath, [...flags, bin('jest'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
