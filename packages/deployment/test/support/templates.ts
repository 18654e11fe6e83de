import { diffService, type ServiceDiff } from '../../src/diff/report/serviceDiff.ts';
import type { Properties, Resource, Template } from '../../src/diff/template/template.ts';

export const templateOf = (resources: Readonly<Record<string, Resource>>): Template => ({ Resources: resources });

export const table = (properties: Properties = {}, attributes: Partial<Resource> = {}): Resource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'notes-dev',
    AttributeDefinitions: [{ AttributeName: 'noteId', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'noteId', KeyType: 'HASH' }],
    ...properties,
  },
  ...attributes,
});

export const index = (name: string, key = 'ownerId') => ({
  IndexName: name,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
});

export const queue = (properties: Properties = {}): Resource => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: 'items-dev-writes', ...properties },
});

export const role = (...statements: readonly Properties[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: statements } }],
  },
});

interface FunctionOptions {
  readonly hash?: string;
  readonly deployedAt?: string;
  readonly name?: string;
}

/** A function with its version, named as the framework names them. */
export const lambda = ({
  hash = 'aaaa',
  deployedAt = '1795812199377-2026-11-27T20:43:19.377Z',
  name = 'notes-dev-getNote',
}: FunctionOptions = {}): Readonly<Record<string, Resource>> => ({
  GetNoteLambdaFunction: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: name,
      Code: {
        S3Bucket: { Ref: 'ServerlessDeploymentBucket' },
        S3Key: `serverless/notes/dev/${deployedAt}/getNote.zip`,
      },
    },
  },
  [`GetNoteLambdaVersion${hash}`]: {
    Type: 'AWS::Lambda::Version',
    DeletionPolicy: 'Retain',
    Properties: { FunctionName: { Ref: 'GetNoteLambdaFunction' }, CodeSha256: hash },
  },
});

/** What `pnpm run diff` finds for the service notes in the stage dev. */
export const diffOf = (
  before: Readonly<Record<string, Resource>>,
  after: Readonly<Record<string, Resource>>,
): ServiceDiff => diffService({ service: 'notes', stage: 'dev', before: templateOf(before), after: templateOf(after) });

/** The changes as `id action`, with the replacement where the action does not say it. */
export const actionsOf = ({ changes }: ServiceDiff): string[] =>
  changes.map(({ id, action, replacement }) =>
    action === 'changed' && replacement !== 'no' ? `${id} changed (${replacement})` : `${id} ${action}`,
  );
