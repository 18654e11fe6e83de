import { print } from '@app/command-line/command';
import { screenOf } from '@app/command-line/screen';
import type { Account } from '../account.ts';
import type { Target } from '../target.ts';
import { renderSummary } from './render.ts';
import { hasFailed, type Report } from './report.ts';

interface Run {
  readonly target: Target;
  readonly account: Account;
  readonly isJson: boolean;
}

/** Prints what has come of a run, and sets the exit code: 1 when any service failed; an interruption's own stays. */
export const finish = (reports: readonly Report[], { target, account, isJson }: Run): void => {
  const { stage, region } = target;
  print(
    isJson
      ? JSON.stringify({ stage, region, account: account.id, services: reports }, null, 2)
      : `\n${renderSummary(reports, screenOf(process.stdout, process.env))}`,
  );
  if (reports.some(hasFailed)) process.exitCode ||= 1;
};
