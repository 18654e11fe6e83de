import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * A shell stands between: its standard input is a pipe whose other end this process holds, so the end of this process,
 * by SIGKILL too, is the end of the pipe, on which the shell ends its whole group and waits for the program. Detached, as
 * a Ctrl-C in the terminal would otherwise take the engine before the services.
 */
const script = `exec 3<&0
trap : TERM
"$@" </dev/null &
program=$!
( trap - TERM; read -r _ <&3; kill -TERM 0 ) &
watch=$!
while wait $program; status=$?; [ $status -gt 128 ] && kill -0 $program 2>/dev/null; do :; done
kill $watch 2>/dev/null
exit $status`;

/** Windows has no such shell: there a Node process does the same. */
const watcher = join(import.meta.dirname, 'boundChild.mjs');

const lastLines = 20;

export interface BoundProcess {
  /** Resolves when the program has ended, to its last lines; never rejects. */
  readonly ended: Promise<string>;
  /** Ends it; resolves when it has gone. */
  readonly stop: () => Promise<void>;
}

interface LaunchOptions {
  readonly cwd?: string;
  /** All variables that the program gets; by default those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
}

const keepLastLines = ({ stdout, stderr }: ChildProcess) => {
  let lines: string[] = [];
  const keep = (chunk: Buffer) => {
    lines = [...lines, ...chunk.toString().split('\n')].filter(Boolean).slice(-lastLines);
  };
  stdout?.on('data', keep);
  stderr?.on('data', keep);
  return () => lines.join('\n');
};

const launch = (command: readonly string[], { cwd, env = process.env, platform = process.platform }: LaunchOptions) => {
  const [program, ...args] =
    platform === 'win32' ? [process.execPath, watcher, ...command] : ['sh', '-c', script, 'sh', ...command];
  return spawn(program ?? '', args, {
    detached: platform !== 'win32', // there it would get a window of its own
    windowsHide: true,
    stdio: 'pipe',
    env,
    ...(cwd && { cwd }),
  });
};

/** Starts a program that cannot outlive this process, however that ends. */
export const startBound = (command: readonly string[], options: LaunchOptions = {}): BoundProcess => {
  const child = launch(command, options);
  const output = keepLastLines(child);
  const ended = new Promise<string>((resolve) => {
    const settle = () => resolve(output());
    child.once('close', settle); // after its last line
    child.once('exit', () => setTimeout(settle, 200).unref()); // what it had started may hold its output open
    child.once('error', ({ message }) => resolve(message));
  });
  child.stdin.on('error', () => {}); // it has ended before us
  const stop = async () => {
    child.stdin.destroy();
    await ended;
  };
  return { ended, stop };
};
