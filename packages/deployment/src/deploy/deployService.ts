import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Aws } from '../aws/connect.ts';
import { errorIn } from '../framework/errorIn.ts';
import type { Run } from '../framework/run.ts';
import { packagedHashes, readPackagedTemplate } from '../package/readPackage.ts';
import { nextStep } from '../stack/nextStep.ts';
import { newestEvent } from '../stack/readEvents.ts';
import { readStack, type Stack, stackName } from '../stack/readStack.ts';
import type { Report } from '../summary/report.ts';
import type { Service } from '../target.ts';
import { deployedHashes, differing, shortNames } from '../verify/codeHashes.ts';
import type { DeployArguments } from './arguments.ts';
import { outcomeOf, problemOf } from './problemOf.ts';
import { verify } from './verify.ts';

export type Outcome = Omit<Report, 'seconds'>;
type DeployOptions = Pick<DeployArguments, 'isForced' | 'parameters'>;

const root = join(import.meta.dirname, '../../../..');

const parametersOf = ({ parameters }: Pick<DeployOptions, 'parameters'>) =>
  parameters.flatMap((each) => ['--param', each]);

/** A stack that takes no update, said before anything is packaged. One that never came to be is made anew by the plugin. */
const blockedBy = ({ status }: Stack) =>
  status.endsWith('_IN_PROGRESS') || ['UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED'].includes(status);

/** The framework compares with what was uploaded last, which need not be what runs: after a failure or a rollback it is told to deploy. */
const isSettled = (stack: Stack | undefined) =>
  stack !== undefined && ['CREATE_COMPLETE', 'UPDATE_COMPLETE'].includes(stack.status);

/** `pnpm stack` reads traces with the maps of what is deployed (decision 0009). */
const keepSourceMaps = async (folder: string, stage: string) => {
  const maps = join(folder, 'source-maps');
  if (existsSync(maps)) await cp(maps, join(root, '.sourcemaps', stage), { recursive: true });
};

/** Packages a service into a folder of the run's own. Resolves to the folder, or to why it could not be. */
export const packageService = async (
  run: Run,
  service: Service,
  options: Pick<DeployOptions, 'parameters'>,
): Promise<{ readonly folder: string; readonly error?: string }> => {
  const folder = join(run.folder, 'packages', service.name);
  run.tell(service.name, 'packaging');
  const { exitCode, output } = await run.framework(service, ['package', '--package', folder, ...parametersOf(options)]);
  return exitCode === 0 ? { folder } : { folder, error: errorIn(output) || 'packaging failed' };
};

/** Packages, deploys and verifies one service. */
export const deployService = async (run: Run, aws: Aws, service: Service, options: DeployOptions): Promise<Outcome> => {
  const { name } = service;
  const { stage } = run.target;
  const stack = stackName(name, stage);
  const nothing = { service: name, urls: [], changed: [] };

  const before = await readStack(aws.cloudFormation, stack);
  if (before && blockedBy(before)) {
    const reason = `The stack is ${before.status} and takes no update.`;
    return {
      ...nothing,
      outcome: 'failed',
      problem: { reason, next: nextStep({ service: name, stage, status: before.status, reason }) },
    };
  }

  const { folder, error } = await packageService(run, service, options);
  if (error !== undefined)
    return {
      ...nothing,
      outcome: 'failed',
      problem: { reason: error, next: 'Nothing was deployed. Mend the reason and deploy again.' },
    };
  const expected = await packagedHashes(folder, await readPackagedTemplate(folder));
  const [since, ran] = await Promise.all([
    newestEvent(aws.cloudFormation, stack),
    deployedHashes(aws.lambda, [...expected.keys()]),
  ]);

  run.tell(name, 'deploying');
  const isOther = differing(expected, ran).length > 0 || !isSettled(before);
  const force = options.isForced || isOther ? ['--force'] : [];
  const { exitCode, output } = await run.framework(service, [
    'deploy',
    '--package',
    folder,
    ...force,
    ...parametersOf(options),
  ]);
  const after = await readStack(aws.cloudFormation, stack);
  const changedSince = (now: ReadonlyMap<string, string>) => shortNames(differing(now, ran), stack);
  if (exitCode !== 0) {
    const problem = await problemOf({ aws, service: name, stage, stack, since, told: errorIn(output) });
    return { ...nothing, outcome: problem.resource ? outcomeOf(after?.status) : 'failed', problem };
  }

  run.tell(name, 'verifying');
  const { urls, found, problem } = await verify({ aws, service: name, stage, expected, signal: run.signal });
  if (problem === undefined) await keepSourceMaps(folder, stage);
  const isUntouched = before !== undefined && before.updatedAt.getTime() === after?.updatedAt.getTime();
  const outcome = isUntouched ? 'unchanged' : 'deployed';
  return { service: name, urls, changed: changedSince(found), outcome: problem ? 'failed' : outcome, problem };
};
