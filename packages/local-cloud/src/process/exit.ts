import { flushCompileCache } from 'node:module';

/**
 * Ends the process, now. `process.exit` joins V8's compiling threads, which may be waiting for a collection that the main
 * thread no longer makes (nodejs/node#54918: seen once in some thousand ends). A shell that takes the process's place has
 * no threads to join; where there is no exec, it is `process.exit`.
 */
export const exit = (code: 0 | 1): never => {
  try {
    process.emit('exit', code);
    flushCompileCache();
  } catch (error) {
    process.stderr.write(`${String(error)}\n`); // a listener's fault keeps nothing from ending
  }
  process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`]);
  return process.exit(code);
};
