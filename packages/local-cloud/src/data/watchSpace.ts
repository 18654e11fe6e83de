import { statfs } from 'node:fs/promises';

const megabyte = 1024 * 1024;
/** The more severe last. Below the second, writes fail. */
const levels = [
  { below: 50 * megabyte, text: 'is nearly full: writes fail when it is' },
  { below: megabyte, text: 'is full: writes fail until there is room' },
];

const freeOn = async (folder: string) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

interface SpaceOptions {
  readonly folder: string;
  readonly log: (message: string) => void;
  readonly milliseconds?: number;
  /** Bytes that may still be written. */
  readonly free?: (folder: string) => Promise<number>;
}

/**
 * Says in the terminal, once each, that the disk of the data is nearly full, that it is full, and that there is room
 * again. Resolves when the disk was looked at first; to how to stop.
 */
export const watchSpace = async ({ folder, log, milliseconds = 5000, free = freeOn }: SpaceOptions) => {
  let level = 0;
  const look = async () => {
    const bytes = await free(folder).catch(() => undefined); // a folder that went away is others' to tell
    if (bytes === undefined) return;
    const now = levels.filter(({ below }) => bytes < below).length;
    if (now > level)
      log(
        `The disk of ${folder} ${levels[now - 1]?.text} (${Math.floor(bytes / megabyte)} MB left). Free some space, or keep the data on another disk: npm start -- --data <folder>`,
      );
    if (now === 0 && level > 0) log(`The disk of ${folder} has room again.`);
    level = now === 0 ? 0 : Math.max(level, now); // from full to nearly full is no news
  };
  await look();
  const timer = setInterval(() => void look(), milliseconds);
  timer.unref();
  return () => clearInterval(timer);
};
