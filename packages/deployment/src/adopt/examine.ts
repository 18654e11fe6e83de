import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import type { Aws } from '../aws/connect.ts';
import { isMissing } from '../stack/readStack.ts';
import type { Candidate } from './candidates.ts';
import { keyDifference, tableAsItIs } from './tableAsItIs.ts';

/** What is there of a candidate. */
export type Finding = { readonly candidate: Candidate } & (
  | { readonly state: 'adoptable'; readonly asItIs: Readonly<Record<string, unknown>> }
  | { readonly state: 'absent' }
  | { readonly state: 'in its stack' }
  | { readonly state: 'refused'; readonly reason: string }
);

/** The stack that a resource belongs to, by its name on AWS. */
const ownerOf = async ({ cloudFormation }: Aws, PhysicalResourceId: string): Promise<string | undefined> => {
  try {
    const { StackResources = [] } = await cloudFormation.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId }),
    );
    return StackResources.find((each) => each.PhysicalResourceId === PhysicalResourceId)?.StackName;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

type Existing = { readonly asItIs: Readonly<Record<string, unknown>> } | { readonly reason: string } | undefined;

const readTable = async ({ dynamoDb }: Aws, { name, properties }: Candidate): Promise<Existing> => {
  try {
    const { Table: table = {} } = await dynamoDb.send(new DescribeTableCommand({ TableName: name }));
    const { TimeToLiveDescription: expiry } = await dynamoDb.send(new DescribeTimeToLiveCommand({ TableName: name }));
    const reason = keyDifference(table, properties);
    return reason === undefined ? { asItIs: tableAsItIs(table, expiry) } : { reason };
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

const readBucket = async ({ s3 }: Aws, { name }: Candidate): Promise<Existing> => {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: name }));
    return { asItIs: { BucketName: name } };
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return undefined;
    if (status === 403) return { reason: 'it is another account’s, or these credentials may not see it' };
    if (status === 301) return { reason: 'it is in another region' };
    throw error;
  }
};

/** Looks a candidate up on AWS: whether it is there, whose it is, and whether it can be the template's. */
export const examine = async (aws: Aws, candidate: Candidate, stack: string): Promise<Finding> => {
  const existing = await (candidate.type === 'AWS::S3::Bucket' ? readBucket : readTable)(aws, candidate);
  if (existing === undefined) return { candidate, state: 'absent' };
  const owner = await ownerOf(aws, candidate.name);
  if (owner === stack) return { candidate, state: 'in its stack' };
  if (owner !== undefined) return { candidate, state: 'refused', reason: `it belongs to the stack ${owner}` };
  if ('reason' in existing) return { candidate, state: 'refused', reason: existing.reason };
  return { candidate, state: 'adoptable', asItIs: existing.asItIs };
};
