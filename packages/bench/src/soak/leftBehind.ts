import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isListening } from '@app/local-cloud/src/process/portCheck.ts';

/** What a cloud that has ended left: processes that its data folder or its process id names, and ports that answer. */
export const leftBehind = async ({
  pid,
  dataDir,
  ports,
}: {
  pid: number;
  dataDir: string;
  ports: readonly number[];
}) => {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  const processes = stdout
    .split('\n')
    .filter((line) => line.includes(dataDir) || line.trim().split(/\s+/)[1] === String(pid));
  const open: number[] = [];
  for (const port of ports) if (await isListening(port)) open.push(port);
  return [...processes.map((line) => `process ${line.trim()}`), ...open.map((port) => `port ${port}`)];
};
