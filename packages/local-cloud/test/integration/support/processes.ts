import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Running processes whose command line mentions `text`; what has ended and only awaits its parent is none. */
export const processesMentioning = async (text: string): Promise<{ pid: number; command: string }[]> => {
  const { stdout } = await run('ps', ['-ww', '-eo', 'stat=,pid=,args=']);
  const lines = stdout.split('\n').filter((line) => line.includes(text) && !line.startsWith('Z'));
  return lines.map((line) => {
    const [, pid, command = ''] = /^\S+\s+(\d+) (.*)/.exec(line) ?? [];
    return { pid: Number(pid), command };
  });
};
