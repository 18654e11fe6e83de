import { parseArgs } from 'node:util';
import { asUsage } from '@app/command-line/command';
import { UsageFailure } from '@app/command-line/failure';
import { readTarget, type Target, targetOptions } from '../target.ts';

export const usage = `pnpm run diff --stage <stage>   what a deployment of this branch would change
  --region <region>       of the stage: else AWS_REGION, or eu-west-1
  --service <a,b>         of these services; else of all
  --against <revision>    compare with a branch, tag or commit instead of what is deployed; asks no AWS
  --approve <names>       resources whose data may be lost: notes/NotesTable,items/WritesQueue
  --json                  as data, described in packages/deployment/README.md
  --markdown              for a pull request
Ends with 1 where CloudFormation would refuse the update, or an approval is missing.`;

export interface DiffArguments {
  readonly target: Target;
  /** A git revision; undefined for what is deployed. */
  readonly against: string | undefined;
  readonly approved: readonly string[];
  readonly format: 'terminal' | 'json' | 'markdown';
}

const approvedIn = (list: string | undefined): string[] => {
  if (list === undefined) return [];
  const names = list.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !/^[\w-]+\/\w+$/.test(name));
  if (wrong === undefined) return names;
  throw new UsageFailure(
    `--approve: “${wrong}” is no name. A name is <service>/<LogicalId>, such as notes/NotesTable.`,
  );
};

/** Throws a `UsageFailure` where the words are not as the usage has them. */
export const readArguments = (args: string[], env: NodeJS.ProcessEnv): DiffArguments => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { ...targetOptions, against: text, approve: text, json: flag, markdown: flag };
  const { values } = asUsage(() => parseArgs({ args, options }));
  if (values.json && values.markdown) throw new UsageFailure('--json and --markdown: one of them.');
  if (values.against === '') throw new UsageFailure('--against: no revision is named.');
  return {
    target: readTarget(values, env),
    against: values.against,
    approved: approvedIn(values.approve),
    format: (values.json && 'json') || (values.markdown && 'markdown') || 'terminal',
  };
};
