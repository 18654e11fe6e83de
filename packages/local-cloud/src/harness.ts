import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from './report.ts';

export interface LocalCloudOptions {
  /** Other ports than a free range of its own. */
  readonly portBase?: number;
  /** A folder that stays; by default a temporary one that goes with the cloud. */
  readonly dataDir?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** More options of `npm start`, such as `--sweep-seconds 0.2`. */
  readonly args?: readonly string[];
}

export interface LocalCloud {
  /** `gateway`, and each service by its name. */
  readonly urls: Readonly<Record<string, string>>;
  readonly endpoints: { readonly dynamodb: string };
  readonly pid: number;
  /** What it has printed so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

type Message =
  | { readonly type: 'ready'; readonly report: Report }
  | { readonly type: 'failed'; readonly failure: string };

const program = fileURLToPath(new URL('main.ts', import.meta.url));
const attempts = 5;
/** Bases whose ranges do not touch each other's, below the ports that systems hand out by themselves. */
const randomBase = () => 10_000 + 120 * Math.floor(Math.random() * 40);

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
      else failure = message.failure;
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(failure ?? output())));
  });

const stopChild = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
};

/** A cloud that is forgotten does not keep this process alive: it ends with it. */
const letGo = (child: ChildProcess) => {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
};

const start = async (portBase: number, dataDir: string, { env, args = [] }: LocalCloudOptions): Promise<LocalCloud> => {
  const { NODE_OPTIONS: _ofTests, ...inherited } = process.env;
  const child = fork(program, ['--port-base', String(portBase), '--data', dataDir, ...args], {
    execArgv: [],
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // it ends with the channel, however this process ends
  });
  const output = collectOutput(child);
  const { gateway, services, dynamodb } = await untilReady(child, output);
  letGo(child);
  return {
    urls: { gateway, ...Object.fromEntries(services.map(({ name, url }) => [name, url])) },
    endpoints: { dynamodb: dynamodb.endpoint },
    pid: child.pid ?? 0,
    output,
    stop: () => stopChild(child),
  };
};

const isPortConflict = ({ message }: Error) => /is taken|EADDRINUSE|ddress already in use/.test(message);

/**
 * Starts a local cloud in a process of its own, on ports of its own and with its own data, and resolves when it is ready.
 * Rejects with what it printed when it does not start. Two test runs at once do not meet: taken ports are tried anew.
 */
export const startLocalCloud = async (options: LocalCloudOptions = {}): Promise<LocalCloud> => {
  const temporary = options.dataDir ? undefined : await mkdtemp(join(tmpdir(), 'local-cloud-'));
  const dataDir = options.dataDir ?? temporary ?? '';
  const forget = async () => {
    if (temporary) await rm(temporary, { recursive: true, force: true });
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const cloud = await start(options.portBase ?? randomBase(), dataDir, options);
      return { ...cloud, stop: () => cloud.stop().then(forget) };
    } catch (error) {
      if (options.portBase === undefined && attempt < attempts && isPortConflict(error as Error)) continue;
      await forget();
      throw error;
    }
  }
};
