import { Failure } from '@app/command-line/failure';
import {
  type Change,
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';

const longestWait = 600; // seconds

export interface ChangeSet {
  readonly StackName: string;
  readonly ChangeSetName: string;
  readonly isNew: boolean;
}

/** A change set with what it would do: nothing where the stack is as its template says. Throws a Failure with CloudFormation's reason. */
export const proposeChanges = async (
  client: CloudFormationClient,
  { StackName, TemplateBody, isNew }: { StackName: string; TemplateBody: string; isNew: boolean },
): Promise<{ readonly changeSet: ChangeSet; readonly changes: readonly Change[] }> => {
  const changeSet = { StackName, ChangeSetName: `bootstrap-${Date.now()}` };
  await client.send(
    new CreateChangeSetCommand({
      ...changeSet,
      ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
      TemplateBody,
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  await waitUntilChangeSetCreateComplete({ client, maxWaitTime: longestWait }, changeSet).catch(() => {}); // it says why below
  const { Status, StatusReason = '', Changes = [] } = await client.send(new DescribeChangeSetCommand(changeSet));
  const isEmpty = Changes.length === 0 || /didn't contain changes|No updates are to be performed/.test(StatusReason);
  if (Status !== 'CREATE_COMPLETE' && !isEmpty) {
    await discard(client, { ...changeSet, isNew });
    throw new Failure(`CloudFormation refuses the changes to ${StackName}: ${StatusReason || Status}`);
  }
  return { changeSet: { ...changeSet, isNew }, changes: isEmpty ? [] : Changes };
};

/** Leaves nothing of a change set that is not carried out. */
export const discard = async (client: CloudFormationClient, { isNew, ...changeSet }: ChangeSet): Promise<void> => {
  await client.send(new DeleteChangeSetCommand(changeSet));
  if (isNew) await client.send(new DeleteStackCommand({ StackName: changeSet.StackName }));
};

/** Resolves when the stack is as its template says. Throws a Failure when it is not to be had, or not within ten minutes. */
export const carryOut = async (client: CloudFormationClient, { isNew, ...changeSet }: ChangeSet): Promise<void> => {
  const { StackName } = changeSet;
  await client.send(new ExecuteChangeSetCommand(changeSet));
  const wait = isNew ? waitUntilStackCreateComplete : waitUntilStackUpdateComplete;
  try {
    await wait({ client, maxWaitTime: longestWait }, { StackName });
  } catch (error) {
    throw new Failure(
      `${StackName} did not come to be: aws cloudformation describe-stack-events --stack-name ${StackName}`,
      1,
      { cause: error },
    );
  }
};
