import { describe, expect, it } from '@jest/globals';
import { type Decision, evaluate } from '../../../src/iam/evaluate.ts';
import type { Statement } from '../../../src/iam/statements.ts';

const arn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/items';
const need = { action: 'dynamodb:GetItem', arn };
const context = new Map([['aws:securetransport', ['true']]]);

const allow: Statement = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: arn };
const deny: Statement = { Effect: 'Deny', Action: '*', Resource: '*' };
const except = (NotAction: string[], Resource = '*'): Statement => ({ Effect: 'Allow', NotAction, Resource });
const elsewhere = (NotResource: string | string[]): Statement => ({ Effect: 'Allow', Action: '*', NotResource });

describe('a policy', () => {
  it.each<[what: string, statements: Statement[], effect: Decision['effect']]>([
    ['nothing', [], 'unspoken'],
    ['the action on the resource', [allow], 'allowed'],
    ['another action', [{ ...allow, Action: 'dynamodb:PutItem' }], 'unspoken'],
    ['one of several actions', [{ ...allow, Action: ['dynamodb:PutItem', 'dynamodb:Get*'] }], 'allowed'],
    ['the action in another case', [{ ...allow, Action: 'DYNAMODB:getitem' }], 'allowed'],
    ['another resource', [{ ...allow, Resource: `${arn}-requests` }], 'unspoken'],
    ['one of several resources', [{ ...allow, Resource: [`${arn}-requests`, arn] }], 'allowed'],
    ['the resource in another case', [{ ...allow, Resource: arn.replace('items', 'Items') }], 'unspoken'],
    ['all actions but others', [except(['dynamodb:PutItem', 's3:*'])], 'allowed'],
    ['all actions but this', [except(['s3:*', 'dynamodb:get*'])], 'unspoken'],
    ['all actions but others, on another resource', [except(['s3:*'], `${arn}/index/*`)], 'unspoken'],
    ['all resources but others', [elsewhere(`${arn}/index/*`)], 'allowed'],
    ['all resources but this', [elsewhere(['arn:aws:s3:::*', arn])], 'unspoken'],
    ['the action and denies all', [allow, deny], 'denied'],
    ['the action after it denies all', [deny, allow], 'denied'],
    ['nothing and denies all', [deny], 'denied'],
    ['the action and denies another', [allow, { ...deny, Action: 'dynamodb:Put*' }], 'allowed'],
    [
      'the action and denies all but it',
      [allow, { Effect: 'Deny', NotAction: 'dynamodb:GetItem', Resource: '*' }],
      'allowed',
    ],
    [
      'the action and denies all resources but another',
      [allow, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::*' }],
      'denied',
    ],
    ['the action on a condition', [{ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }], 'allowed'],
    [
      'the action on a condition that does not hold',
      [{ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      'unspoken',
    ],
    [
      'the action and denies it on a condition that does not hold',
      [allow, { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      'allowed',
    ],
    ['what no statement names: no action', [{ Effect: 'Allow', Resource: '*' }], 'unspoken'],
    ['what no statement names: no resource', [{ Effect: 'Allow', Action: '*' }], 'unspoken'],
    ['in another word', [{ ...allow, Effect: 'allow' as 'Allow' }], 'unspoken'],
  ])('that allows %s', (_what, statements, effect) => {
    expect(evaluate(statements, need, context).effect).toBe(effect);
  });

  it('says which statement decided', () => {
    const other = { ...allow, Action: 's3:*' };

    expect(evaluate([other, allow], need, context).by).toBe(allow);
    expect(evaluate([other, allow, deny], need, context).by).toBe(deny);
    expect(evaluate([other], need, context).by).toBeUndefined();
  });
});
