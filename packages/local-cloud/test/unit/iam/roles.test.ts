import { describe, expect, it } from '@jest/globals';
import type { Serverless, ServerlessFunction } from '../../../src/framework/types.ts';
import { resourcePolicyOf, rolesOf } from '../../../src/iam/roles.ts';
import { createResolver } from '../../../src/template/resolver.ts';

const resources = {
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'items-dev' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'writes-dev' } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files-dev' } },
};
const resolve = createResolver(resources, { region: 'eu-west-1', stackName: 'items-dev', sqsEndpoint: 'http://sqs' });
const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/items-dev';
const get = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } };
const trace = { Effect: 'Allow', Action: ['xray:PutTraceSegments'], Resource: '*' };
const [resolvedGet, resolvedTrace] = [
  { ...get, Resource: [table] },
  { ...trace, Resource: ['*'] },
];

interface Given {
  readonly each?: ServerlessFunction;
  readonly custom?: object;
  readonly role?: unknown;
}

const serverlessWith = ({ each = {}, custom, role = { statements: [trace] } }: Given) =>
  ({
    service: {
      service: 'items',
      provider: { stage: 'dev', iam: { role } },
      functions: { getItem: { name: 'items-dev-getItem', ...each } },
      custom,
    },
  }) as unknown as Serverless;

const statementsOf = (given: Given) => rolesOf(serverlessWith(given), resolve)[0]?.statements;

const defaultInherit = { 'serverless-iam-roles-per-function': { defaultInherit: true } };

describe('a function’s role', () => {
  it('is known by the function’s deployed name, its service and its key', () => {
    expect(rolesOf(serverlessWith({ each: { iamRoleStatements: [get] } }), resolve)).toEqual([
      { functionName: 'items-dev-getItem', service: 'items', key: 'getItem', statements: [resolvedGet] },
    ]);
  });

  it.each<[what: string, given: Given, expected: object[]]>([
    ['its own statements only', { each: { iamRoleStatements: [get] } }, [resolvedGet]],
    ['nothing, where it has a list of no statements', { each: { iamRoleStatements: [] } }, []],
    ['the provider’s statements, where it has none of its own', {}, [resolvedTrace]],
    [
      'both, where it inherits',
      { each: { iamRoleStatements: [get], iamRoleStatementsInherit: true } },
      [resolvedTrace, resolvedGet],
    ],
    [
      'both, where all functions inherit',
      { each: { iamRoleStatements: [get] }, custom: defaultInherit },
      [resolvedTrace, resolvedGet],
    ],
    [
      'its own only, where all functions inherit but it does not',
      { each: { iamRoleStatements: [get], iamRoleStatementsInherit: false }, custom: defaultInherit },
      [resolvedGet],
    ],
    ['nothing, where the provider names a role that is elsewhere', { role: 'arn:aws:iam::1:role/any' }, []],
  ])('has %s', (_what, given, expected) => {
    expect(statementsOf(given)).toEqual(expected);
  });

  it.each<[resource: unknown, expected: string[]]>([
    [
      [{ 'Fn::GetAtt': ['Table', 'Arn'] }, { 'Fn::Sub': '${Table.Arn}/index/*' }],
      [table, `${table}/index/*`],
    ],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, ['arn:aws:sqs:eu-west-1:000000000000:writes-dev']],
    [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}/assets/*' }, ['arn:aws:s3:::files-dev/assets/*']],
    [{ 'Fn::Sub': '${WebsocketsApi}/dev/*' }, ['${WebsocketsApi}/dev/*']],
    [{ 'Fn::ImportValue': 'table' }, ['{"Fn::ImportValue":"table"}']],
  ])('names local resources: %j', (Resource, expected) => {
    expect(statementsOf({ each: { iamRoleStatements: [{ ...get, Resource }] } })).toEqual([
      { ...get, Resource: expected },
    ]);
    expect(
      statementsOf({
        each: { iamRoleStatements: [{ Effect: 'Allow', NotAction: 's3:*', NotResource: Resource }] },
      }),
    ).toEqual([{ Effect: 'Allow', NotAction: 's3:*', NotResource: expected }]);
  });
});

describe('the policies of a service’s resources', () => {
  const policyOf = (Type: string, Statement: unknown) =>
    resourcePolicyOf(
      {
        service: {
          resources: { Resources: { ...resources, Policy: { Type, Properties: { PolicyDocument: { Statement } } } } },
        },
      } as never,
      resolve,
    );
  const denial = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: { 'Fn::Sub': '${Bucket.Arn}/*' } };
  const resolvedDenial = { ...denial, Resource: ['arn:aws:s3:::files-dev/*'] };

  it.each(['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy'])('are what a %s denies', (type) => {
    expect(policyOf(type, [denial, { ...denial, Effect: 'Allow' }])).toEqual([resolvedDenial]);
    expect(policyOf(type, denial)).toEqual([resolvedDenial]);
  });

  it('are not those of other resources', () => {
    expect(policyOf('AWS::IAM::Policy', [denial])).toEqual([]);
    expect(resourcePolicyOf({ service: {} } as never, resolve)).toEqual([]);
  });
});
