import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@app/command-line/failure';
import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { firstFailure } from '../stack/firstFailure.ts';
import { newestEvent, readEvents } from '../stack/readEvents.ts';
import { readStack } from '../stack/readStack.ts';
import { importTemplate, type Plan, resourcesToImport } from './plan.ts';

const largestBody = 51_200; // bytes of a template that is not in S3
const pauseMs = 2000;
const patienceMs = 15 * 60_000;

/** Asks again until there is an answer. Throws a Failure after a quarter of an hour. */
const until = async <T>(what: string, read: () => Promise<T | undefined>): Promise<T> => {
  const end = Date.now() + patienceMs;
  while (Date.now() < end) {
    const answer = await read();
    if (answer !== undefined) return answer;
    await sleep(pauseMs);
  }
  throw new Failure(`${what} has not ended within ${patienceMs / 60_000} minutes: look at the stack in the console.`);
};

interface ChangeSet {
  readonly StackName: string;
  readonly ChangeSetName: string;
}

/** Resolves to why CloudFormation refuses the change set, or undefined when it can be carried out. */
const refusalOf = async (client: CloudFormationClient, changeSet: ChangeSet) => {
  const { Status, StatusReason } = await until('The change set', async () => {
    const answer = await client.send(new DescribeChangeSetCommand(changeSet));
    return /_(PENDING|IN_PROGRESS)$/.test(answer.Status ?? '') ? undefined : answer;
  });
  return Status === 'CREATE_COMPLETE' ? undefined : (StatusReason ?? `its status is ${Status}`);
};

/** Leaves nothing of a change set that was refused: a new stack would stand empty, and take no deployment. */
const discard = async (client: CloudFormationClient, changeSet: ChangeSet, isNew: boolean) => {
  await client.send(new DeleteChangeSetCommand(changeSet));
  if (isNew) await client.send(new DeleteStackCommand({ StackName: changeSet.StackName }));
};

/** Imports into one stack what its plan has found. Throws a Failure with CloudFormation's reason; nothing has changed then. */
export const importResources = async (client: CloudFormationClient, plan: Plan): Promise<void> => {
  const { stack, current } = plan;
  const TemplateBody = JSON.stringify(importTemplate(plan));
  if (Buffer.byteLength(TemplateBody) > largestBody)
    throw new Failure(`The stack ${stack} is too large to import into: remove it, then adopt into a new one.`);
  const changeSet = { StackName: stack, ChangeSetName: `adopt-${Date.now()}` };
  const since = await newestEvent(client, stack);
  await client.send(
    new CreateChangeSetCommand({
      ...changeSet,
      ChangeSetType: 'IMPORT',
      TemplateBody,
      ResourcesToImport: resourcesToImport(plan),
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    }),
  );
  const refusal = await refusalOf(client, changeSet);
  if (refusal !== undefined) {
    await discard(client, changeSet, current === undefined);
    throw new Failure(`CloudFormation refuses to import into ${stack}: ${refusal}`);
  }
  await client.send(new ExecuteChangeSetCommand(changeSet));
  const status = await until('The import', async () => {
    const now = (await readStack(client, stack))?.status ?? '';
    return now.endsWith('_IN_PROGRESS') ? undefined : now;
  });
  if (status === 'IMPORT_COMPLETE') return;
  const cause = firstFailure(await readEvents(client, stack, since));
  throw new Failure(
    `The import into ${stack} ended as ${status}${cause ? `: ${cause.logicalId}: ${cause.reason}` : ''}.`,
  );
};
