import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Pinned as npm's packages are in the catalog. */
const packages = ['ministack==1.5.33', 'cryptography==50.0.2'];

const longestStart = 60_000; // milliseconds
export const region = 'eu-west-1';

/** The Python of a virtual environment that has the emulator, made once. Undefined where there is no Python 3. */
export const findPython = async (): Promise<string | undefined> => {
  const folder = join(root, 'node_modules/.cache/ministack');
  const python = join(folder, 'bin/python');
  const done = join(folder, 'installed');
  if (existsSync(done) && (await readFile(done, 'utf8')) === packages.join()) return python;
  try {
    await run('python3', ['-m', 'venv', folder]);
  } catch {
    return undefined;
  }
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  const file = await open(done, 'w');
  await file.writeFile(packages.join());
  await file.close();
  return python;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

export interface Emulator {
  readonly port: number;
  readonly url: string;
  /** For a process that is to work on the emulator. */
  readonly env: NodeJS.ProcessEnv;
  readonly output: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

const untilReady = async (url: string, child: ChildProcess) => {
  for (const until = Date.now() + longestStart; Date.now() < until; await delay(200)) {
    if (child.exitCode !== null) break;
    const response = await fetch(`${url}/_ministack/health`).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error('The emulator did not start.');
};

/** Starts an account of its own, which is gone when it is stopped. Rights are enforced, by the functions' own roles. */
export const startEmulator = async (python: string): Promise<Emulator> => {
  const folder = await mkdtemp(join(tmpdir(), 'groundwork-emulator-'));
  await mkdir(join(folder, 'tmp'));
  const port = await freePort();
  const log = join(folder, 'log');
  const output = await open(log, 'w');
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: region };
  const child = spawn(python, [join(import.meta.dirname, 'emulator.py')], {
    cwd: folder,
    detached: true, // its functions are processes of its group
    stdio: ['ignore', output.fd, output.fd],
    env: {
      ...process.env,
      ...credentials,
      PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter), // functions run on the pinned Node
      NODE_OPTIONS: '',
      AUTH: 'true',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: '0',
      MINISTACK_REGION: region,
      STATE_DIR: join(folder, 'state'),
      TMPDIR: join(folder, 'tmp'),
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) {
      const ended = once(child, 'exit');
      process.kill(-child.pid, 'SIGTERM');
      const killed = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 5000);
      await ended;
      clearTimeout(killed);
    }
    await output.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await untilReady(url, child);
  } catch (error) {
    const text = await readFile(log, 'utf8');
    await stop();
    throw new Error(`${(error as Error).message}\n${text}`, { cause: error });
  }
  const env = {
    ...process.env,
    ...credentials,
    AWS_ENDPOINT_URL: url,
    SLS_INTERACTIVE_SETUP_ENABLE: '0',
    NODE_OPTIONS: '',
  };
  return { port, url, env, output: () => readFile(log, 'utf8'), stop };
};
