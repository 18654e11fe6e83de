import type { Aws } from '../aws/connect.ts';
import { outcomeOf, problemOf } from '../deploy/problemOf.ts';
import { verify } from '../deploy/verify.ts';
import { errorIn } from '../framework/errorIn.ts';
import type { Run } from '../framework/run.ts';
import { newestEvent } from '../stack/readEvents.ts';
import { readStack } from '../stack/readStack.ts';
import type { ServiceOutcome } from '../summary/report.ts';
import type { Service } from '../target.ts';
import { deployedHashes, differing, shortNames } from '../verify/codeHashes.ts';
import type { Deployment } from './history.ts';
import type { History } from './readHistory.ts';
import { uploadedHashes } from './uploadedHashes.ts';

interface RollBack {
  readonly service: Service;
  readonly history: History;
  readonly to: Deployment;
}

/** Goes back to an earlier deployment, and verifies it as a deploy is verified. */
export const rollBack = async (run: Run, aws: Aws, { service, history, to }: RollBack): Promise<ServiceOutcome> => {
  const { name } = service;
  const { stage } = run.target;
  const { stack, bucket } = history;
  const expected = await uploadedHashes(aws.s3, bucket, to.folder);
  const [since, ran] = await Promise.all([
    newestEvent(aws.cloudFormation, stack),
    deployedHashes(aws.lambda, [...expected.keys()]),
  ]);

  run.tell(name, `going back to ${new Date(to.timestamp).toISOString()}`);
  const { exitCode, output } = await run.framework(service, ['rollback', '--timestamp', String(to.timestamp)]);
  if (exitCode !== 0) {
    const problem = await problemOf({ aws, service: name, stage, stack, since, told: errorIn(output) });
    const status = (await readStack(aws.cloudFormation, stack))?.status;
    return { service: name, urls: [], changed: [], outcome: problem.resource ? outcomeOf(status) : 'failed', problem };
  }

  run.tell(name, 'verifying');
  const { urls, found, problem } = await verify({ aws, service: name, stage, expected, signal: run.signal });
  const changed = shortNames(differing(found, ran), stack);
  return { service: name, urls, changed, outcome: problem ? 'failed' : 'rolled back', problem };
};
