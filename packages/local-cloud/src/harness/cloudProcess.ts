import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Report } from '../cloud/report.ts';
import type { Verdict } from '../cloud/verdict.ts';
import { cleanEnvironment } from '../process/environment.ts';

type Message =
  | { readonly type: 'ready'; readonly report: Report }
  | { readonly type: 'failed'; readonly failure: string }
  | { readonly type: 'rights'; readonly rights: Verdict };

const program = fileURLToPath(new URL('../main.ts', import.meta.url));
const collectOutput = ({ stdout, stderr }: ChildProcess) => {
  const chunks: string[] = [];
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  return () => chunks.join('');
};

const untilReady = (child: ChildProcess, output: () => string) =>
  new Promise<Report>((resolve, reject) => {
    let failure: string | undefined;
    child.on('message', (message: Message) => {
      if (message.type === 'ready') resolve(message.report);
      else if (message.type === 'failed') failure = message.failure;
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(failure ?? output())));
  });

/** What functions' roles lack, which the process says when it ends: nothing until then, or where it was not asked to. */
const collectRights = (child: ChildProcess) => {
  let rights: Verdict | undefined;
  child.on('message', (message: Message) => {
    if (message.type === 'rights') rights = message.rights;
  });
  return () => rights;
};

const longestEnd = 15_000;

const stopChild = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = Promise.all([once(child, 'exit'), child.connected && once(child, 'disconnect')]);
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), longestEnd);
  await gone;
  clearTimeout(limit);
  if (child.signalCode === 'SIGKILL') throw new Error(`The local cloud did not end within ${longestEnd / 1000} s`);
};

/** A cloud that is forgotten does not keep this process alive: it ends with it. */
const letGo = (child: ChildProcess) => {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
};

/**
 * Runs `main.ts` as a child on this terminal, until it ends or this process is told to; it ends with this process, however
 * that ends. Resolves to its exit code.
 */
export const startAttached = async (args: readonly string[]): Promise<number> => {
  const child = fork(program, args, { execArgv: [], stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, pass);
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
};

/** Starts `main.ts` as a child that ends when this process does, however that ends; resolves when it is ready. */
export const startProcess = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const child = fork(program, args, {
    execArgv: [],
    env: { ...cleanEnvironment(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // it ends with the channel
  });
  const output = collectOutput(child);
  const rights = collectRights(child);
  const report = await untilReady(child, output);
  letGo(child);
  return { report, output, rights, pid: child.pid ?? 0, stop: () => stopChild(child) };
};
