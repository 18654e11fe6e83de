const { execFile } = require('node:child_process');
const { readFileSync } = require('node:fs');

/** When the command was typed: npm was up a while before. Only Linux tells; elsewhere it is the start of this process. */
const typedAt = () => {
  try {
    const ticks = Number(readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')[1].split(' ')[19]);
    const bootedAt = Date.now() - Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000;
    return process.env.npm_lifecycle_event ? bootedAt + ticks * 10 : performance.timeOrigin;
  } catch {
    return performance.timeOrigin;
  }
};

/** npm, or the shell that it started this in and npm behind that: when one of them has gone, so must this. */
const watchParents = (stop) => {
  const parent = process.ppid;
  let grandparent;
  if (process.env.npm_lifecycle_event) {
    execFile('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], (error, output) => {
      const [, pid, name] = /(\d+)\s+(.*)/.exec(error ? '' : output) ?? [];
      if (/^(.*\/)?-?(sh|bash|dash|zsh|ash|busybox)$/.test(name?.trim() ?? '')) grandparent = Number(pid);
    });
  }
  const isGone = (pid) => {
    try {
      return !process.kill(pid, 0);
    } catch (error) {
      return error.code === 'ESRCH';
    }
  };
  setInterval(() => {
    if (process.ppid !== parent || (grandparent && isGone(grandparent))) stop();
  }, 500).unref();
};

module.exports = { typedAt, watchParents };
