import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@app/command-line/failure';

const usual = join(import.meta.dirname, '../../../../node_modules/.deploying');

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const holderOf = (file: string) => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
};

const claim = (file: string, isSecondTry = false): void => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = holderOf(file);
    if (isSecondTry || (holder > 0 && isRunning(holder)))
      throw new Failure(
        `Process ${holder} is deploying from this working copy: wait for its end, or use another copy.`,
        1,
        {
          cause: error,
        },
      );
    rmSync(file, { force: true }); // its process is gone
    claim(file, true);
  }
};

/**
 * Keeps a working copy to one command at a time. The framework packages every stage in the same folders of a service:
 * of two at once, one would deploy the other's template. Returns what gives it free again. Throws a Failure when it is taken.
 */
export const claimWorkingCopy = (file = usual): (() => void) => {
  claim(file);
  return () => rmSync(file, { force: true });
};
