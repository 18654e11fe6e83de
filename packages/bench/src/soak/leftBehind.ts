import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });

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
  for (const port of ports) if (await answers(port)) open.push(port);
  return [...processes.map((line) => `process ${line.trim()}`), ...open.map((port) => `port ${port}`)];
};
