import { Failure } from '@app/command-line/failure';
import type { Aws } from '../aws/connect.ts';
import { readResources, readStack, stackName } from '../stack/readStack.ts';
import { shortNames } from '../verify/codeHashes.ts';
import type { LogGroup } from './readLogs.ts';

/** The groups of the functions that are meant, all without any. Throws a Failure, naming those there are, for an unknown one. */
export const chooseGroups = (deployed: readonly string[], wanted: readonly string[], stack: string): LogGroup[] => {
  const groups = deployed.map((name) => ({
    name: `/aws/lambda/${name}`,
    function: shortNames([name], stack)[0] ?? name,
  }));
  const known = groups.map((group) => group.function);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Failure(`--function: there is no ${unknown.join(', ')}. There are ${known.join(', ')}.`, 2);
  return wanted.length === 0 ? groups : groups.filter((group) => wanted.includes(group.function));
};

/** The log groups of a deployed service's functions. Throws a Failure where it is not deployed. */
export const readGroups = async (
  { cloudFormation }: Pick<Aws, 'cloudFormation'>,
  { service, stage, functions }: { service: string; stage: string; functions: readonly string[] },
): Promise<LogGroup[]> => {
  const stack = stackName(service, stage);
  if ((await readStack(cloudFormation, stack)) === undefined)
    throw new Failure(`There is no stack ${stack}: ${service} is not deployed to ${stage} in this region.`);
  const resources = await readResources(cloudFormation, stack);
  const deployed = resources.flatMap(({ ResourceType, PhysicalResourceId: id }) =>
    ResourceType === 'AWS::Lambda::Function' && id ? [id] : [],
  );
  return chooseGroups(deployed, functions, stack);
};
