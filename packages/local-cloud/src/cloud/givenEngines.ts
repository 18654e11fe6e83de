import { assertAnswers } from '../process/namedEndpoint.ts';
import type { Options } from '../process/options.ts';
import { host, isListening } from '../process/portCheck.ts';
import type { PortPlan } from '../process/ports.ts';

/** Engines that this start need not run: the developer named them, or a local cloud that is up has them. */
export interface GivenEngines {
  readonly dynamodb?: string | undefined;
  readonly s3?: string | undefined;
  readonly sqs?: string | undefined;
  readonly ssm?: string | undefined;
  /** Whether SQS of this start's own must look for another port. */
  readonly ownSqs: boolean;
  /** Whether Parameter Store must. */
  readonly ownSsm: boolean;
  /** Whether a local cloud is up, whose data folder is its own. */
  readonly besideCloud: boolean;
}

/**
 * Finds the engines that are there. A service alone shares DynamoDB and S3 of a local cloud that is up, but not SQS, whose
 * queues the cloud's own copy of the service consumes, nor Parameter Store, which knows the secrets of the cloud's services. Throws, naming it, where nothing answers at one that the developer
 * named (DynamoDB's is looked at where it is started).
 */
export const givenEngines = async (
  ports: PortPlan,
  { alone }: Pick<Options, 'alone'>,
  env: NodeJS.ProcessEnv,
): Promise<GivenEngines> => {
  const isUp = async (port: number) => alone !== undefined && (await isListening(port));
  const urlOf = (up: boolean | undefined, port: number) => (up ? `http://${host}:${port}` : undefined);
  for (const name of ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_SQS', 'AWS_ENDPOINT_URL_SSM'])
    if (env[name]) await assertAnswers(name, env[name]);
  const [dynamodb, s3, sqs, ssm] = await Promise.all([ports.dynamodb, ports.s3, ports.sqs, ports.ssm].map(isUp));
  return {
    dynamodb: env['AWS_ENDPOINT_URL_DYNAMODB'] || urlOf(dynamodb, ports.dynamodb),
    s3: env['AWS_ENDPOINT_URL_S3'] || urlOf(s3, ports.s3),
    sqs: env['AWS_ENDPOINT_URL_SQS'] || undefined,
    ssm: env['AWS_ENDPOINT_URL_SSM'] || undefined,
    ownSqs: sqs === true,
    ownSsm: ssm === true,
    besideCloud: dynamodb === true,
  };
};
