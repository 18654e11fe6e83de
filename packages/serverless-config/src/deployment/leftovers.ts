import { DescribeTableCommand, type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { HeadBucketCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { ofType, type Template } from './template.ts';

interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
}

interface Named {
  readonly kind: 'table' | 'bucket';
  readonly name: string;
}

/** A name as a template has it: a text, or one with the account's id in it. */
const nameIn = (value: unknown, account: string): string | undefined => {
  const text = typeof value === 'string' ? value : (value as { 'Fn::Sub'?: string } | undefined)?.['Fn::Sub'];
  return typeof text === 'string' ? text.replaceAll('${AWS::AccountId}', account) : undefined;
};

/** What a template would make anew, of what can outlive a stack. */
export const namedAnew = (template: Template, deployed: Template | undefined, account: string): Named[] => {
  const named = (kind: Named['kind'], type: string, property: string) =>
    ofType(template, type).flatMap(([id, { Properties }]) => {
      const name = nameIn(Properties?.[property], account);
      return deployed?.Resources[id] || name === undefined ? [] : [{ kind, name }];
    });
  return [...named('table', 'AWS::DynamoDB::Table', 'TableName'), ...named('bucket', 'AWS::S3::Bucket', 'BucketName')];
};

const exists = async ({ dynamodb, s3 }: Clients, { kind, name }: Named): Promise<boolean> => {
  try {
    if (kind === 'table') await dynamodb.send(new DescribeTableCommand({ TableName: name }));
    else await s3.send(new HeadBucketCommand({ Bucket: name }));
    return true;
  } catch (error) {
    // A bucket that is not there is a 404, one that may not be looked at a 403: CloudFormation will say.
    if (
      error instanceof ResourceNotFoundException ||
      (error instanceof S3ServiceException && error.$fault === 'client')
    )
      return false;
    throw error;
  }
};

/** Of what a template would make anew, what is there already: an earlier stack of the stage has left it. */
export const findLeftovers = async (clients: Clients, named: readonly Named[]): Promise<Named[]> => {
  const found = await Promise.all(named.map((each) => exists(clients, each)));
  return named.filter((_, index) => found[index]);
};
