import {
  CloudFormationClient,
  paginateListStackResources,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { emptyBucket } from '../deployment/emptyBucket.ts';
import { readStack } from '../deployment/stack.ts';
import { ofType } from '../deployment/template.ts';
import type { Framework, Options } from './framework.ts';

/** Throws unless the removal of a durable stage was asked for by the stage's name. */
export const refuseRemoval = (framework: Framework, options: Options, env: NodeJS.ProcessEnv) => {
  const stage = framework.getProvider('aws').getStage();
  if (options['yes-remove'] === stage || env['YES_REMOVE'] === stage) return;
  throw new framework.classes.Error(
    `${stage} is a durable stage. Removing it ends its APIs, its queues with their messages and its logs; its tables and its bucket are kept. ` +
      `Add --yes-remove ${stage}, or set YES_REMOVE=${stage} where serverless-compose takes no such option. Nothing was changed.`,
  );
};

/** A durable stage was named: its stack may go. */
export const liftProtection = async (framework: Framework) => {
  const provider = framework.getProvider('aws');
  const client = new CloudFormationClient(await provider.getAwsSdkV3Config());
  const stack = await readStack(client, provider.naming.getStackName());
  if (stack?.isProtected)
    await client.send(
      new UpdateTerminationProtectionCommand({ StackName: stack.name, EnableTerminationProtection: false }),
    );
};

/** CloudFormation deletes no bucket with something in it. Of what the stack would delete, all goes. */
export const emptyBuckets = async (framework: Framework) => {
  const provider = framework.getProvider('aws');
  const config = await provider.getAwsSdkV3Config();
  const client = new CloudFormationClient(config);
  const stack = await readStack(client, provider.naming.getStackName());
  if (!stack?.template) return;
  const going = ofType(stack.template, 'AWS::S3::Bucket').filter(
    ([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy === 'Delete',
  );
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: stack.name }))
    for (const { LogicalResourceId, PhysicalResourceId } of StackResourceSummaries)
      if (PhysicalResourceId && going.some(([id]) => id === LogicalResourceId))
        await emptyBucket(s3, PhysicalResourceId);
};
