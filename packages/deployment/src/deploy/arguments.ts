import { parseArgs } from 'node:util';
import { asUsage } from '@app/command-line/command';
import { UsageFailure } from '@app/command-line/failure';
import { assertYes } from '../consent.ts';
import { readParallel } from '../framework/parallel.ts';
import { readTarget, type Target, targetOptions } from '../target.ts';

/** The options of every command that runs the framework for several services. */
export const runOptions = {
  ...targetOptions,
  parallel: { type: 'string' },
  verbose: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  yes: { type: 'string' },
} as const;

export const runUsage = `  --region <region>     AWS_REGION, else eu-west-1
  --service <a>,<b>     these services alone
  --parallel <number>   how many services at once (2 or 3, by cores)
  --verbose             what the framework prints, as it comes, each line with its service
  --json                the summary as JSON on standard output; all else goes to standard error`;

export interface RunArguments {
  readonly target: Target;
  readonly parallel: number;
  readonly isVerbose: boolean;
  readonly isJson: boolean;
  readonly yes: string | undefined;
}

interface RunValues {
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  readonly service?: string | undefined;
  readonly parallel?: string | undefined;
  readonly verbose: boolean;
  readonly json: boolean;
  readonly yes?: string | undefined;
}

/** Throws UsageFailure, naming the option and the reason. */
export const readRun = (values: RunValues, env: NodeJS.ProcessEnv): RunArguments => {
  const target = readTarget(values, env);
  assertYes(target.stage, values.yes);
  const parallel = readParallel(values.parallel);
  return { target, parallel, isVerbose: values.verbose, isJson: values.json, yes: values.yes };
};

export const deployUsage = `pnpm run deploy --stage <stage>
${runUsage}
  --yes <stage>         consent to change a durable stage, where nobody can be asked
  --force               deploy although nothing has changed
  --param <name>=<value> a stage parameter other than params.yml has it; may be repeated`;

export const adoptUsage = deployUsage.replace('deploy --stage', 'adopt --stage');

export interface DeployArguments extends RunArguments {
  /** For the framework's `deploy`. */
  readonly isForced: boolean;
  /** `name=value`, for the framework. */
  readonly parameters: readonly string[];
}

export const readDeployArguments = (args: string[], env: NodeJS.ProcessEnv): DeployArguments => {
  const options = {
    ...runOptions,
    force: { type: 'boolean', default: false },
    param: { type: 'string', multiple: true },
  } as const;
  const { values } = asUsage(() => parseArgs({ args, options }));
  const { param = [] } = values;
  const wrong = param.find((each) => !/^[A-Za-z]\w*=/.test(each));
  if (wrong !== undefined) throw new UsageFailure(`--param: “${wrong}” is not <name>=<value>.`);
  return { ...readRun(values, env), isForced: values.force, parameters: param };
};
