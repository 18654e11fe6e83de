import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DeleteStackCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { findLeftovers, namedAnew } from '../deployment/leftovers.ts';
import { unprotectNewTables } from '../deployment/protection.ts';
import { readinessOf } from '../deployment/readiness.ts';
import { type DeployedStack, readStack } from '../deployment/stack.ts';
import { deployedFolder, latestFolder } from '../deployment/uploads.ts';
import type { Framework, Options, Provider } from './framework.ts';

const longestDeletion = 600; // seconds

const refuseLeftovers = async (framework: Framework, provider: Provider, stack: DeployedStack | undefined) => {
  const { compiledCloudFormationTemplate: template } = framework.service.provider;
  const named = namedAnew(template, stack?.template, await provider.getAccountId());
  if (named.length === 0) return;
  const config = await provider.getAwsSdkV3Config();
  const clients = { dynamodb: new DynamoDBClient(config), s3: new S3Client({ ...config, forcePathStyle: true }) };
  const left = await findLeftovers(clients, named);
  if (left.length === 0) return;
  throw new framework.classes.Error(
    `${left.map(({ kind, name }) => `The ${kind} ${name}`).join(', ')}: there already, kept from an earlier stack of this stage. ` +
      `To take it back with its data: pnpm run adopt --stage ${provider.getStage()} --service ${framework.service.service}. Nothing was changed.`,
  );
};

/** REST and WebSocket APIs write their logs with a role that an account has one of, in each region. */
const refuseWithoutLogRole = async (framework: Framework, provider: Provider) => {
  const { Resources } = framework.service.provider.compiledCloudFormationTemplate;
  if (!Resources['ApiGatewayRestApi'] && !Resources['WebsocketsApi']) return;
  const { cloudwatchRoleArn } = await new APIGatewayClient(await provider.getAwsSdkV3Config()).send(
    new GetAccountCommand({}),
  );
  if (cloudwatchRoleArn) return;
  throw new framework.classes.Error(
    `The account has no role yet that API Gateway writes logs with in ${provider.getRegion()}. ` +
      `Once for each account and region: pnpm run bootstrap --region ${provider.getRegion()}. Nothing was changed.`,
  );
};

const replace = async (client: CloudFormationClient, StackName: string) => {
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client, maxWaitTime: longestDeletion }, { StackName });
};

/**
 * What happens before a deployment: a stack that never came to be makes room; what is kept from an earlier one is not run
 * into half way; tables are protected from their second deployment on.
 */
export const prepareDeployment = async (framework: Framework, say: (text: string) => void) => {
  const provider = framework.getProvider('aws');
  const name = provider.naming.getStackName();
  const client = new CloudFormationClient(await provider.getAwsSdkV3Config());
  const stack = await readStack(client, name);
  const readiness = readinessOf(name, stack?.status);
  await refuseWithoutLogRole(framework, provider);
  if (readiness === 'replace') {
    say(`${name} is ${stack?.status}: its first deployment failed. It is deleted, and made anew.`);
    await replace(client, name);
  }
  const kept = readiness === 'replace' ? undefined : stack;
  await refuseLeftovers(framework, provider, kept);
  const unprotected = unprotectNewTables(framework.service.provider.compiledCloudFormationTemplate, kept?.template);
  if (unprotected.length > 0)
    say(`${unprotected.join(', ')}: new, so without deletion protection. The next deployment adds it.`);
};

/**
 * The framework skips a deployment whose archives were uploaded last, whether they ever ran or not. It is made to deploy
 * unless the stack stands as its last update left it, and runs what was uploaded last.
 */
export const forceUnlessCurrent = async (framework: Framework, options: Options, say: (text: string) => void) => {
  if (options.force) return;
  const provider = framework.getProvider('aws');
  const config = await provider.getAwsSdkV3Config();
  const stack = await readStack(new CloudFormationClient(config), provider.naming.getStackName());
  const running = deployedFolder(stack?.template);
  if (stack === undefined || running === undefined) return; // it is new: there is nothing to skip
  const prefix = `${provider.getDeploymentPrefix()}/${framework.service.service}/${provider.getStage()}/`;
  const bucket = await provider.getServerlessDeploymentBucketName();
  const uploaded = await latestFolder(new S3Client({ ...config, forcePathStyle: true }), bucket, prefix);
  if (readinessOf(stack.name, stack.status) === 'update' && uploaded === running) return;
  say('What was uploaded last is not what runs: it is deployed, changed or not.');
  options.force = true;
};
