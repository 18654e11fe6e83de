import { parseArgs } from 'node:util';
import { asUsage } from '@app/command-line/command';
import { Failure } from '@app/command-line/failure';
import { isDurable } from '@app/serverless-config/stage';
import { assertYes } from '../consent.ts';
import { type RunArguments, readRun, runOptions, runUsage } from '../deploy/arguments.ts';

export const removeUsage = `pnpm run remove --stage <stage>
${runUsage}
  --yes-remove <stage>  needed to remove a durable stage, in a terminal too`;

export interface RemoveArguments extends RunArguments {
  /** The name of the durable stage that is to go; undefined for a preview. */
  readonly yesRemove: string | undefined;
}

/** Throws UsageFailure for wrong words, and a Failure where a durable stage's name was not given a second time. */
export const readRemoveArguments = (args: string[], env: NodeJS.ProcessEnv): RemoveArguments => {
  const { yes: _, ...shared } = runOptions;
  const options = { ...shared, 'yes-remove': { type: 'string' } } as const;
  const { values } = asUsage(() => parseArgs({ args, options }));
  const run = readRun(values, env);
  const { stage } = run.target;
  const given = values['yes-remove'];
  assertYes(stage, given, '--yes-remove');
  if (!isDurable(stage)) return { ...run, yesRemove: undefined };
  if (given === stage) return { ...run, yesRemove: stage };
  throw new Failure(
    `${stage} is a durable stage: its URLs, queues and messages would go for good. If that is meant, add --yes-remove ${stage}.`,
    2,
  );
};
