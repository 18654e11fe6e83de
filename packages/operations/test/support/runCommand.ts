import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const { NODE_OPTIONS: _ofTests, NO_COLOR: _ofShell, LOCAL_PORT_BASE: _other, ...inherited } = process.env;
const pathOf = (name: string) => resolve(import.meta.dirname, `../../src/${name}.ts`);

export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly error: string;
}

/** Runs `pnpm <name> …` to its end. */
export const runCommand = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  new Promise((done) => {
    execFile(process.execPath, [pathOf(name), ...args], { env: { ...inherited, ...env } }, (failure, output, error) =>
      done({ code: failure ? Number(failure.code) : 0, output, error }),
    );
  });

/** Starts `pnpm <name> …`, which does not end by itself. */
export const startCommand = (name: string, args: readonly string[]) => {
  const child = spawn(process.execPath, [pathOf(name), ...args], { env: inherited, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close') as Promise<[number | null]>;
  let output = '';
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  return {
    output: () => output,
    error: () => error,
    /** As Ctrl-C does. Resolves to the exit code; null where the signal itself ended it. */
    interrupt: async () => {
      child.kill('SIGINT');
      return (await ended)[0];
    },
  };
};
