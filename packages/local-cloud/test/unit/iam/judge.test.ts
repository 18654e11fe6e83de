import { describe, expect, it } from '@jest/globals';
import { arnsIn } from '../../../src/calls/arns.ts';
import { dynamodbNeeds } from '../../../src/calls/needs.ts';
import { createJudge } from '../../../src/iam/judge.ts';
import type { Statement } from '../../../src/iam/statements.ts';
import { accessKeyOf } from '../../../src/identity/accessKeys.ts';

const arns = arnsIn('eu-west-1');
const functionName = 'files-dev-getFile';
const getFile = { action: 's3:GetObject', arn: arns.object('files', 'a') };
const allow: Statement = { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::files/*' };
const deny: Statement = { ...allow, Effect: 'Deny', Principal: '*' };

const judgeWith = (statements: Statement[], denials: Statement[] = []) => {
  const judge = createJudge();
  judge.add([{ functionName, service: 'files', key: 'getFile', statements }], denials);
  const holder = judge.holderOf(accessKeyOf(functionName).accessKeyId);
  if (!holder) throw new Error('There is no such function.');
  return { judge, holder, of: (...needs: (typeof getFile)[]) => judge.judge(holder, needs) };
};

describe('the judge', () => {
  it('knows a function by its access key', () => {
    const { judge, holder } = judgeWith([allow]);

    expect(holder.role).toMatchObject({ functionName, key: 'getFile' });
    expect(judge.holders()).toEqual([holder]);
    expect(judge.holderOf(accessKeyOf('files-dev-putFile').accessKeyId)).toBeUndefined();
  });

  it('finds nothing wrong with what a role allows', () => {
    expect(judgeWith([allow]).of(getFile)).toBeUndefined();
  });

  it('tells what no statement allows from what the role denies', () => {
    expect(judgeWith([]).of(getFile)).toEqual({ need: getFile, effect: 'unspoken' });
    expect(judgeWith([allow, { ...allow, Effect: 'Deny' }]).of(getFile)).toEqual({
      need: getFile,
      effect: 'denied',
      deniedBy: 'identity',
    });
  });

  it('looks at a transaction item by item, and names the first that is not allowed', () => {
    const { of, holder } = judgeWith([
      { Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'], Resource: arns.table('items') },
    ]);
    const needs = dynamodbNeeds(arns, 'TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'items' } },
        { ConditionCheck: { TableName: 'items' } },
        { Put: { TableName: 'requests' } },
        { Update: { TableName: 'items' } },
      ],
    });

    const shortfall = of(...needs);

    expect(shortfall?.need).toEqual({ action: 'dynamodb:ConditionCheckItem', arn: arns.table('items') });
    expect(holder.ledger.used().map(({ action, effect }) => `${action} ${effect}`)).toEqual([
      'dynamodb:PutItem allowed',
      'dynamodb:ConditionCheckItem unspoken',
      'dynamodb:PutItem unspoken',
      'dynamodb:UpdateItem allowed',
    ]);
    expect(holder.ledger.granted().every(({ isUsed }) => isUsed)).toBe(true);
  });

  it.each<[what: string, denial: Statement]>([
    ['everybody', deny],
    ['every account', { ...deny, Principal: { AWS: '*' } }],
    [
      'everybody who is not of another account',
      { ...deny, Condition: { StringNotEquals: { 'aws:PrincipalAccount': '1' } } },
    ],
    ['everybody, over TLS', { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('goes by a resource’s policy that denies %s', (_what, denial) => {
    expect(judgeWith([allow], [denial]).of(getFile)).toEqual({ need: getFile, effect: 'denied', deniedBy: 'resource' });
  });

  it.each<[what: string, denial: Statement]>([
    ['everybody without TLS', { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    [
      'everybody of other accounts',
      { ...deny, Condition: { StringNotEquals: { 'aws:PrincipalAccount': '000000000000' } } },
    ],
    ['a service of AWS', { ...deny, Principal: { Service: 'sns.amazonaws.com' } }],
    ['another principal', { ...deny, Principal: { AWS: 'arn:aws:iam::1:root' } }],
    ['another bucket to everybody', { ...deny, Resource: 'arn:aws:s3:::other/*' }],
  ])('does not refuse for a resource’s policy that denies %s', (_what, denial) => {
    expect(judgeWith([allow], [denial]).of(getFile)).toBeUndefined();
  });

  it('answers whether something would be allowed without noting it as called', () => {
    const { judge, holder } = judgeWith([allow]);

    expect(judge.allows(holder, getFile)).toBe(true);
    expect(judge.allows(holder, { action: 's3:ListBucket', arn: arns.object('files') })).toBe(false);
    expect(holder.ledger.used()).toEqual([]);
  });
});
