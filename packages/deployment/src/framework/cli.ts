import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { endAfterError } from './endAfterError.ts';
import { stopChild } from './stopChild.ts';

export interface FrameworkCall {
  /** The service's folder. */
  readonly cwd: string;
  readonly args: readonly string[];
  readonly region: string;
  /** A folder of this call's own: serverless-esbuild leaves folders in the system's one. */
  readonly temporary: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
  /** How long it may be silent after it has said what is wrong. */
  readonly endsAfterErrorMs?: number;
}

export interface FrameworkResult {
  readonly exitCode: number;
  /** Both streams in the order in which they came, without colours. */
  readonly output: string;
}

const require = createRequire(import.meta.url);

/** The script behind `serverless`: started by Node itself it is the same on every platform, and one process to stop. */
const script = () => {
  const file = require.resolve('serverless/package.json');
  const { bin } = require(file) as { bin: { serverless: string } };
  return join(dirname(file), bin.serverless);
};

/** Any value would make its output a moving picture, `0` as well. */
const { SLS_INTERACTIVE_SETUP_ENABLE: _, ...inherited } = process.env;

/** Lines of a stream that comes in pieces. */
const eachLine = (onLine: (line: string) => void) => {
  let rest = '';
  return {
    write: (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line.trimEnd());
    },
    end: () => rest !== '' && onLine(rest),
  };
};

/** One run of the framework's command line, in a process of its own. Never throws for what the framework refuses. */
export const runFramework = async (call: FrameworkCall): Promise<FrameworkResult> => {
  const { cwd, args, region, temporary, signal } = call;
  await mkdir(temporary, { recursive: true });
  const folders = { TMPDIR: temporary, TMP: temporary, TEMP: temporary };
  const child = spawn(process.execPath, [script(), ...args], {
    cwd,
    env: { ...inherited, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...folders, ...call.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // else Ctrl-C reaches it before we can say how it is to end
  });
  const kept: string[] = [];
  const failed = endAfterError(call.endsAfterErrorMs);
  const keep = (line: string) => {
    const text = stripVTControlCharacters(line);
    kept.push(text);
    failed.see(text);
    call.onLine?.(text);
  };
  for (const stream of [child.stdout, child.stderr]) {
    const lines = eachLine(keep);
    stream.setEncoding('utf8').on('data', lines.write).on('end', lines.end);
  }
  const exitCode = await stopChild(child, AbortSignal.any([signal, failed.signal]));
  failed.stop();
  return { exitCode, output: kept.join('\n') };
};
