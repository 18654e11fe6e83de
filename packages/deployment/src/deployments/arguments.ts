import { parseArgs } from 'node:util';
import { asUsage } from '@app/command-line/command';
import { UsageFailure } from '@app/command-line/failure';
import { type RunArguments, readRun, runOptions } from '../deploy/arguments.ts';
import type { Service } from '../target.ts';

export const rollbackUsage = `pnpm run rollback --stage <stage> --service <service>    its deployments, and what came of each
pnpm run rollback --stage <stage> --service <service> --to <timestamp>
  --region <region>     AWS_REGION, else eu-west-1
  --yes <stage>         consent to change a durable stage, where nobody can be asked
  --verbose             what the framework prints, as it comes
  --json                JSON on standard output; all else goes to standard error`;

export interface RollbackArguments extends RunArguments {
  readonly service: Service;
  readonly to: string | undefined;
}

/** Throws UsageFailure. Going back is for one service at a time. */
export const readRollbackArguments = (args: string[], env: NodeJS.ProcessEnv): RollbackArguments => {
  const { parallel: _, ...options } = { ...runOptions, to: { type: 'string' } } as const;
  const { values } = asUsage(() => parseArgs({ args, options }));
  const run = readRun(values, env);
  const [service, ...more] = run.target.services;
  if (values.service === undefined || service === undefined || more.length > 0)
    throw new UsageFailure('--service: name the one service to go back with.');
  return { ...run, service, to: values.to };
};
