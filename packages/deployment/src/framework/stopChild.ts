import type { ChildProcess } from 'node:child_process';

const usualGrace = 10_000; // ms that a process has to end by itself

/** To the child and all that it has started, where the system has process groups. */
const send = (child: ChildProcess, signal: NodeJS.Signals) => {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Resolves to the exit code when the child has ended. Once `signal` is aborted it is asked to, and after ten seconds made to. */
export const stopChild = async (child: ChildProcess, signal: AbortSignal, grace = usualGrace): Promise<number> => {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    send(child, 'SIGINT');
    timer = setTimeout(() => send(child, 'SIGKILL'), grace);
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
};
