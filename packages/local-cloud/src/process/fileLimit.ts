import { execFile } from 'node:child_process';

const enough = 1024;

/** How many files this process may have open; Node has raised it as far as it may. Undefined where that is not told. */
const readLimit = () =>
  new Promise<number | undefined>((resolve) => {
    execFile('sh', ['-c', 'ulimit -n'], (error, output) => resolve(error ? undefined : Number.parseInt(output, 10)));
  });

/** One line at the start where the limit is so low that busy services would answer 500: the local cloud uses some 400. */
export const warnOfFileLimit = async (log: (message: string) => void, read = readLimit): Promise<void> => {
  const limit = await read();
  if (limit !== undefined && limit < enough)
    log(`This shell lets a program open ${limit} files, which busy services run out of. Allow more: ulimit -n 4096`);
};
