/** A program: runs the one that its arguments name, and ends it when its own standard input ends, as its parent has gone then. */
import { spawn } from 'node:child_process';

const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
child.once('error', ({ message }) => {
  console.error(message);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.stdin.resume().once('close', () => child.kill());
