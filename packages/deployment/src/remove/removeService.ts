import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../aws/connect.ts';
import { problemOf } from '../deploy/problemOf.ts';
import { errorIn } from '../framework/errorIn.ts';
import type { Run } from '../framework/run.ts';
import { newestEvent, readEvents } from '../stack/readEvents.ts';
import { readStack, stackName } from '../stack/readStack.ts';
import type { ServiceOutcome } from '../summary/report.ts';
import type { Service } from '../target.ts';

const version = 'AWS::Lambda::Version'; // the framework retains them, and they go with their functions

/** What a deletion passed over because its template says that it stays. */
export const keptIn = (events: readonly StackEvent[]): string[] => [
  ...new Set(
    events
      .filter(({ ResourceStatus, ResourceType }) => ResourceStatus === 'DELETE_SKIPPED' && ResourceType !== version)
      .flatMap(({ PhysicalResourceId: id }) => id || []),
  ),
];

/** Removes one service. The plugin of every service asks for the stage's name itself: it is handed on both ways. */
export const removeService = async (
  run: Run,
  aws: Aws,
  { service, yesRemove }: { service: Service; yesRemove: string | undefined },
): Promise<ServiceOutcome> => {
  const { name } = service;
  const { stage } = run.target;
  const before = await readStack(aws.cloudFormation, stackName(name, stage));
  const nothing = { service: name, urls: [], changed: [] };
  if (before === undefined) return { ...nothing, outcome: 'absent' };

  run.tell(name, 'removing');
  const since = await newestEvent(aws.cloudFormation, before.id);
  const consent = yesRemove === undefined ? [] : ['--yes-remove', yesRemove];
  const env = yesRemove === undefined ? {} : { YES_REMOVE: yesRemove };
  const { exitCode, output } = await run.framework(service, ['remove', ...consent], env);
  const isGone = (await readStack(aws.cloudFormation, before.name)) === undefined;
  if (exitCode === 0 && isGone)
    return { ...nothing, outcome: 'removed', kept: keptIn(await readEvents(aws.cloudFormation, before.id, since)) };

  const told = exitCode === 0 ? `The stack ${before.name} is still there.` : errorIn(output);
  const problem = await problemOf({ aws, service: name, stage, stack: before.id, since, told });
  return { ...nothing, outcome: 'failed', problem };
};
