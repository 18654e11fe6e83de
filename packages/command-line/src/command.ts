import { Failure, UsageFailure } from './failure.ts';

export interface Command {
  readonly usage: string;
  readonly run: (args: string[]) => Promise<void>;
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const warn = (text: string): void => void process.stderr.write(`${text}\n`);

/** Node's hint at `--` says nothing about what was mistyped. */
const withoutHint = (message: string) => message.replace(/\. To specify a positional.*$/s, '.');

/** What `parseArgs` refuses is wrong usage. */
export const asUsage = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw new UsageFailure(withoutHint((error as Error).message), { cause: error });
  }
};

/** A reader that has gone (`pnpm traces | head`) ends the command without a word. */
const endWithReader = () =>
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });

/** Runs a command with the words that it was given. Users' mistakes end in a message and an exit code: 2 for wrong usage, else 1. */
export const runCommand = async ({ usage, run }: Command): Promise<void> => {
  endWithReader();
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) return print(usage);
  try {
    await run(args);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    warn(error instanceof UsageFailure ? `${error.message}\n\n${usage}` : error.message);
    process.exitCode = error.exitCode;
  }
};
