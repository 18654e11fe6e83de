import { type ChildProcess, spawn } from 'node:child_process';

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

const lastLines = 20;

export interface BoundProcess {
  /** Resolves when the program has ended, to its last lines; never rejects. */
  readonly ended: Promise<string>;
  /** Ends it; resolves when it has gone. */
  readonly stop: () => Promise<void>;
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

/** Starts a program that cannot outlive this process, however that ends. */
export const startBound = (command: readonly string[], { cwd }: { cwd?: string } = {}): BoundProcess => {
  const child = spawn('sh', ['-c', script, 'sh', ...command], { detached: true, stdio: 'pipe', ...(cwd && { cwd }) });
  const output = keepLastLines(child);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', () => resolve(output()));
    child.once('error', ({ message }) => resolve(message));
  });
  child.stdin.on('error', () => {}); // it has ended before us
  const stop = async () => {
    child.stdin.destroy();
    await ended;
  };
  return { ended, stop };
};
