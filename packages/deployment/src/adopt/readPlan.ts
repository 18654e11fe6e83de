import { Failure } from '@app/command-line/failure';
import type { Account } from '../account.ts';
import type { Aws } from '../aws/connect.ts';
import type { Run } from '../framework/run.ts';
import { packageService } from '../package/packageService.ts';
import { readPackagedTemplate } from '../package/readPackage.ts';
import { readStack, readTemplate, stackName } from '../stack/readStack.ts';
import type { Service } from '../target.ts';
import { candidatesIn } from './candidates.ts';
import { examine } from './examine.ts';
import type { Plan } from './plan.ts';

/** The stack's template, where there is a stack that holds anything. */
const currentOf = async ({ cloudFormation }: Aws, stack: string) => {
  const status = (await readStack(cloudFormation, stack))?.status;
  if (status === undefined || status === 'REVIEW_IN_PROGRESS') return undefined;
  return await readTemplate(cloudFormation, stack);
};

/** Packages a service, for what its template keeps, and looks that up on AWS. Throws a Failure when it cannot be packaged. */
export const readPlan = async (
  run: Run,
  aws: Aws,
  { service, account, parameters }: { service: Service; account: Account; parameters: readonly string[] },
): Promise<Plan> => {
  const stack = stackName(service.name, run.target.stage);
  const { folder, error } = await packageService(run, { service, parameters });
  if (error !== undefined) throw new Failure(`${service.name} cannot be packaged:\n${error}`);
  const pseudo = {
    AccountId: account.id,
    Region: run.target.region,
    Partition: account.arn.split(':')[1] ?? 'aws',
  };
  const candidates = candidatesIn(await readPackagedTemplate(folder), pseudo);
  const findings = await Promise.all(candidates.map(async (candidate) => examine(aws, candidate, stack)));
  const current = await currentOf(aws, stack);
  // Where CloudFormation is not told whose a resource is, the stack's own template knows.
  const known = findings.map((finding) =>
    current?.Resources?.[finding.candidate.logicalId] && finding.state === 'adoptable'
      ? { candidate: finding.candidate, state: 'in its stack' as const }
      : finding,
  );
  return { service: service.name, stack, current, findings: known };
};
