import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Kilobytes that are a process's own, and its part of what it shares (PSS); where the system does not tell, what is resident. */
const kilobytesOf = async (pid: number, resident: number) => {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? resident);
};

/** Megabytes of a process and all that it started. */
export const megabytesOf = async (root: number): Promise<number> => {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,rss=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [pid: number, parent: number, kilobytes: number]);
  const tree = new Set([root]);
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const [pid, parent] of rows) if (tree.has(parent)) tree.add(pid);
  }
  const sizes = rows.filter(([pid]) => tree.has(pid)).map(([pid, , resident]) => kilobytesOf(pid, resident));
  return (await Promise.all(sizes)).reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
};
