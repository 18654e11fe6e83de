/** `pnpm run bootstrap`: what an account has once in each region, and no service's stack may own (decision 0053). */
import { parseArgs } from 'node:util';
import { ask, canAsk } from '@app/command-line/ask';
import { asUsage, print, runCommand, warn } from '@app/command-line/command';
import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { readAccount } from './account.ts';
import { withAwsFailures } from './aws/awsFailure.ts';
import { connect } from './aws/connect.ts';
import { accountStack, accountTemplate } from './bootstrap/accountStack.ts';
import { carryOut, discard, proposeChanges } from './bootstrap/changes.ts';
import { readStack } from './stack/readStack.ts';
import { regionOf } from './target.ts';

const usage = `pnpm run bootstrap
  --region <region>  AWS_REGION, else eu-west-1
  --yes              consent, where nobody can be asked`;

const consent = async (isGiven: boolean): Promise<boolean> => {
  if (isGiven) return true;
  if (!canAsk()) {
    warn('Nobody can be asked here: add --yes to change the account.');
    return false;
  }
  return (await ask('Type yes to change the account: ')) === 'yes';
};

await runCommand({
  usage,
  run: async (args) => {
    const { values } = asUsage(() =>
      parseArgs({ args, options: { region: { type: 'string' }, yes: { type: 'boolean', default: false } } }),
    );
    const region = regionOf(values.region, process.env);
    const { id, arn } = await readAccount(region);
    warn(`account ${id} (${arn.split(':').at(-1)}), region ${region}`);
    await withAwsFailures(region, async () => {
      const { cloudFormation: client } = connect(region);
      const stack = await readStack(client, accountStack);
      const { cloudwatchRoleArn } = await new APIGatewayClient({ region }).send(new GetAccountCommand({}));
      if (!stack && cloudwatchRoleArn)
        return print(
          `The account has a role that API Gateway writes logs with already: ${cloudwatchRoleArn}. It is left as it is.`,
        );
      const isNew = stack === undefined || stack.status === 'REVIEW_IN_PROGRESS';
      const { changeSet, changes } = await proposeChanges(client, {
        StackName: accountStack,
        TemplateBody: accountTemplate(),
        isNew,
      });
      for (const { ResourceChange: { Action, LogicalResourceId, ResourceType } = {} } of changes)
        print(`${Action} ${LogicalResourceId} (${ResourceType})`);
      const isMeant = changes.length > 0 && (await consent(values.yes));
      if (!isMeant) {
        await discard(client, changeSet);
        if (changes.length > 0) process.exitCode = 1;
        return print(changes.length === 0 ? `${accountStack} is as it should be.` : 'Nothing was changed.');
      }
      await carryOut(client, changeSet);
      return print(`${accountStack} is ${isNew ? 'there' : 'up to date'}.`);
    });
  },
});
