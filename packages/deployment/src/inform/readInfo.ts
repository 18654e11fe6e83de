import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { Aws } from '../aws/connect.ts';
import { inParallel } from '../framework/inParallel.ts';
import { readResources, readStack, stackName } from '../stack/readStack.ts';
import { apiUrls } from '../verify/apiUrls.ts';
import { shortNames } from '../verify/codeHashes.ts';

export interface FunctionInfo {
  readonly name: string;
  /** The newest published; undefined where none is. */
  readonly version: string | undefined;
  readonly lastModified: string;
}

export interface ServiceInfo {
  readonly service: string;
  /** Undefined where the service is not deployed. */
  readonly status: string | undefined;
  readonly updatedAt: string | undefined;
  readonly urls: readonly string[];
  readonly functions: readonly FunctionInfo[];
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
}

const atOnce = 5;

/** A version's physical id is its ARN: `…:function:notes-dev-getNote:7`. */
export const versionsIn = (arns: readonly string[]): ReadonlyMap<string, string> =>
  new Map(arns.map((arn) => arn.split(':')).map((parts) => [parts.at(-2) ?? '', parts.at(-1) ?? ''] as const));

/** What is deployed of a service. */
export const readInfo = async (aws: Aws, service: string, stage: string): Promise<ServiceInfo> => {
  const name = stackName(service, stage);
  const stack = await readStack(aws.cloudFormation, name);
  if (stack === undefined)
    return { service, status: undefined, updatedAt: undefined, urls: [], functions: [], tables: [], buckets: [] };
  const resources = await readResources(aws.cloudFormation, name);
  const idsOf = (type: string) =>
    resources.flatMap(({ ResourceType, PhysicalResourceId: id }) => (ResourceType === type && id ? [id] : []));
  const versions = versionsIn(idsOf('AWS::Lambda::Version'));
  const functions = await inParallel(idsOf('AWS::Lambda::Function'), atOnce, async (id) => {
    const { LastModified = '' } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: id }));
    const [short = id] = shortNames([id], name);
    return { name: short, version: versions.get(id), lastModified: LastModified };
  });
  return {
    service,
    status: stack.status,
    updatedAt: stack.updatedAt.toISOString(),
    urls: apiUrls(service, stack),
    functions,
    tables: idsOf('AWS::DynamoDB::Table'),
    buckets: idsOf('AWS::S3::Bucket'),
  };
};
