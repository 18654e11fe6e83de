import type { Aws } from '../aws/connect.ts';
import { errorIn } from '../framework/errorIn.ts';
import type { Run } from '../framework/run.ts';
import { keepSourceMaps, packageService, parameterArguments } from '../package/packageService.ts';
import { packagedHashes, readPackagedTemplate } from '../package/readPackage.ts';
import { newestEvent } from '../stack/readEvents.ts';
import { readStack, type Stack, stackName } from '../stack/readStack.ts';
import type { Problem, ServiceOutcome } from '../summary/report.ts';
import type { Service } from '../target.ts';
import { deployedHashes, differing, type Hashes, shortNames } from '../verify/codeHashes.ts';
import type { DeployArguments } from './arguments.ts';
import { blockedStack, isSettled } from './blockedStack.ts';
import { outcomeOf, problemOf } from './problemOf.ts';
import { verify } from './verify.ts';

interface Deploy extends Pick<DeployArguments, 'isForced' | 'parameters'> {
  readonly service: Service;
}

interface Prepared extends Deploy {
  readonly stack: string;
  readonly before: Stack | undefined;
  /** The folder with the archives and the template. */
  readonly folder: string;
  readonly expected: Hashes;
}

const failed = (service: string, problem: Problem): ServiceOutcome => ({
  service,
  urls: [],
  changed: [],
  outcome: 'failed',
  problem,
});

/** Deploys what is packaged, and compares what runs with it. */
const deployPackage = async (run: Run, aws: Aws, prepared: Prepared): Promise<ServiceOutcome> => {
  const { service, stack, before, folder, expected, isForced, parameters } = prepared;
  const { name } = service;
  const { stage } = run.target;
  const [since, ran] = await Promise.all([
    newestEvent(aws.cloudFormation, stack),
    deployedHashes(aws.lambda, [...expected.keys()]),
  ]);
  const mayBeSkipped = !isForced && isSettled(before) && differing(expected, ran).length === 0;

  run.tell(name, 'deploying');
  const options = [...(mayBeSkipped ? [] : ['--force']), ...parameterArguments(parameters)];
  const { exitCode, output } = await run.framework(service, ['deploy', '--package', folder, ...options]);
  const after = await readStack(aws.cloudFormation, stack);
  if (exitCode !== 0) {
    const problem = await problemOf({ aws, service: name, stage, stack, since, told: errorIn(output) });
    return { ...failed(name, problem), outcome: problem.resource ? outcomeOf(after?.status) : 'failed' };
  }

  run.tell(name, 'verifying');
  const { urls, found, problem } = await verify({ aws, service: name, stage, expected, signal: run.signal });
  if (problem === undefined) await keepSourceMaps(folder, stage);
  const isUntouched = before !== undefined && before.updatedAt.getTime() === after?.updatedAt.getTime();
  const outcome = isUntouched ? 'unchanged' : 'deployed';
  const changed = shortNames(differing(found, ran), stack);
  return { service: name, urls, changed, outcome: problem ? 'failed' : outcome, problem };
};

/** Packages, deploys and verifies one service. */
export const deployService = async (run: Run, aws: Aws, deploy: Deploy): Promise<ServiceOutcome> => {
  const { service, parameters } = deploy;
  const { stage } = run.target;
  const stack = stackName(service.name, stage);
  const before = await readStack(aws.cloudFormation, stack);
  const blocked = before && blockedStack(before, { service: service.name, stage });
  if (blocked) return failed(service.name, blocked);

  const { folder, error } = await packageService(run, { service, parameters });
  if (error !== undefined) {
    const next = 'Nothing was deployed. Mend the reason and deploy again.';
    return failed(service.name, { reason: error, next });
  }
  const expected = await packagedHashes(folder, await readPackagedTemplate(folder));
  return await deployPackage(run, aws, { ...deploy, stack, before, folder, expected });
};
