import { describe, expect, it } from '@jest/globals';
import { rightLine } from '../../../src/diff/report/wording.ts';
import type { Properties, Resource } from '../../../src/diff/template/template.ts';
import { diffOf, role } from '../../support/templates.ts';

type Resources = Readonly<Record<string, Resource>>;

const linesOf = (before: Resources, after: Resources) =>
  diffOf(before, after).rights.map((right) => `${right.id} ${rightLine(right)}`);

const roles = (before: readonly Properties[], after: readonly Properties[]) =>
  linesOf({ Role: role(...before) }, { Role: role(...after) });

const allow = (Action: string | string[], Resource: string | string[], more: Properties = {}): Properties => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

describe('rights of a role', () => {
  it('widen by an action', () => {
    expect(
      roles([allow('dynamodb:GetItem', 'arn:t')], [allow(['dynamodb:GetItem', 'dynamodb:Scan'], 'arn:t')]),
    ).toEqual(['Role allowed: dynamodb:Scan on arn:t']);
  });

  it('widen by a resource, and by a wildcard', () => {
    expect(roles([allow('s3:GetObject', 'arn:a')], [allow('s3:GetObject', ['arn:a', 'arn:b'])])).toEqual([
      'Role allowed: s3:GetObject on arn:b',
    ]);
    expect(roles([allow('s3:GetObject', 'arn:a')], [allow('s3:*', 'arn:*')])).toEqual(['Role allowed: s3:* on arn:*']);
  });

  it('widen by a condition that goes', () => {
    const condition = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };

    expect(roles([allow('s3:GetObject', 'arn:a', condition)], [allow('s3:GetObject', 'arn:a')])).toEqual([
      'Role allowed: s3:GetObject on arn:a',
    ]);
    expect(roles([allow('s3:GetObject', 'arn:a')], [allow('s3:GetObject', 'arn:a', condition)])).toEqual([]);
  });

  it('widen by all but a list, which nothing else covers', () => {
    const allBut = (...actions: string[]) => ({ Effect: 'Allow', NotAction: actions, Resource: '*' });

    expect(roles([allBut('iam:*', 's3:*')], [allBut('iam:*')])).toEqual(['Role allowed: not iam:* on *']);
  });

  it('widen by a denial that goes', () => {
    const denial = { Effect: 'Deny', Action: 's3:DeleteObject', Resource: 'arn:a' };

    expect(roles([denial], [])).toEqual(['Role no longer denied: s3:DeleteObject on arn:a']);
  });

  it('do not widen by fewer, other spellings, or what a pattern already gave', () => {
    expect(roles([allow(['s3:GetObject', 's3:PutObject'], 'arn:a')], [allow('s3:GetObject', 'arn:a')])).toEqual([]);
    expect(roles([allow('s3:*', '*')], [allow('S3:getobject', 'arn:a'), allow('s3:*', '*')])).toEqual([]);
    expect(roles([allow('s3:Get?', 'arn:a')], [allow('s3:Get*', 'arn:a')])).toEqual(['Role allowed: s3:Get* on arn:a']);
  });

  it('widen by who may assume it, and by a managed policy', () => {
    const trusting = (trust: Properties, arns: string[]): Resources => ({
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trust }] },
          ManagedPolicyArns: arns,
        },
      },
    });

    expect(
      linesOf(
        trusting({ Service: 'lambda.amazonaws.com' }, []),
        trusting({ Service: ['lambda.amazonaws.com'], AWS: '*' }, ['arn:aws:iam::aws:policy/AdministratorAccess']),
      ),
    ).toEqual([
      'Role allowed: sts:AssumeRole for AWS:*',
      'Role allowed: all of arn:aws:iam::aws:policy/AdministratorAccess',
    ]);
  });

  it('widen though another role had them', () => {
    const [narrow, wide] = [role(), role(allow('s3:*', '*'))];

    expect(linesOf({ One: narrow, Two: wide }, { One: role(allow('s3:GetObject', 'arn:a')), Two: wide })).toEqual([
      'One allowed: s3:GetObject on arn:a',
    ]);
  });

  it('of a new role are all new', () => {
    expect(linesOf({}, { Role: role(allow('s3:GetObject', 'arn:a')) })).toHaveLength(2);
  });
});

describe('Lambda permissions', () => {
  const permission = (properties: Properties): Resources => ({
    May: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 's3.amazonaws.com',
        ...properties,
      },
    },
  });

  it('widen by a source that is no longer asked for', () => {
    expect(linesOf(permission({ SourceArn: 'arn:b' }), permission({}))).toEqual([
      'May allowed: lambda:InvokeFunction on ${F.Arn} for s3.amazonaws.com',
    ]);
    expect(linesOf(permission({}), permission({ SourceArn: 'arn:b' }))).toEqual([]);
  });

  it('widen by another principal', () => {
    expect(linesOf(permission({ SourceArn: 'a' }), permission({ SourceArn: 'a', Principal: '*' }))).toEqual([
      'May allowed: lambda:InvokeFunction on ${F.Arn} for * if SourceArn a',
    ]);
  });
});

describe.each([
  ['AWS::S3::BucketPolicy', 'Bucket'],
  ['AWS::SQS::QueuePolicy', 'Queues'],
  ['AWS::SNS::TopicPolicy', 'Topics'],
])('%s', (Type, target) => {
  const policy = (...statements: Properties[]): Resources => ({
    Target: { Type: 'AWS::SNS::Topic' },
    Policy: { Type, Properties: { [target]: [{ Ref: 'Target' }], PolicyDocument: { Statement: statements } } },
  });
  const open = { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' };
  const tlsOnly = { Effect: 'Deny', Action: '*', Resource: '*', Principal: '*', Condition: { Bool: { tls: 'false' } } };

  it('widens by who may', () => {
    expect(linesOf(policy(tlsOnly), policy(tlsOnly, open))).toEqual(['Policy allowed: * on * for AWS:*']);
  });

  it('widens where it goes and leaves what it protected', () => {
    const { Target: target_ } = policy();

    expect(linesOf(policy(tlsOnly), { Target: target_ as Resource })).toHaveLength(1);
    expect(linesOf(policy(tlsOnly), {})).toEqual([]);
  });
});
