import { type Root, watchFolder } from './watchFolder.ts';

/** Milliseconds after which a folder that was replaced is watched again, where no event told of it. */
const betweenLooks = 500;

const cures: Readonly<Record<string, string>> = {
  ENOSPC: 'the system has no file watches left: sudo sysctl fs.inotify.max_user_watches=524288',
  EMFILE:
    'the system has no file descriptors or watchers left: ulimit -n 4096   or: sudo sysctl fs.inotify.max_user_instances=1024',
};

/**
 * Tells of every change in the folders until it is stopped. Watching is a convenience: where the system has none left, all
 * of it is given up, and `log` hears so once, with the cure. Never throws.
 */
export const watchFolders = (roots: readonly Root[], log: (message: string) => void): (() => void) => {
  let isOver = false;
  const watching: ReturnType<typeof watchFolder>[] = [];
  const stop = () => {
    isOver = true;
    clearInterval(timer);
    for (const each of watching) each.close();
  };
  const exhausted = ({ code = '', message }: NodeJS.ErrnoException) => {
    if (isOver) return;
    stop();
    log(`Live reload is off, as ${cures[code] ?? message}`);
  };
  const timer = setInterval(() => {
    for (const each of watching) if (!isOver) each.look();
  }, betweenLooks);
  timer.unref();
  for (const root of roots) if (!isOver) watching.push(watchFolder(root, { exhausted, log }));
  if (isOver) stop(); // those that began before the system said no
  return stop;
};
