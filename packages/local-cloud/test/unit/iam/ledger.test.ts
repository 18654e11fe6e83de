import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../src/iam/evaluate.ts';
import { createLedger } from '../../../src/iam/ledger.ts';
import type { Statement } from '../../../src/iam/statements.ts';

const arn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/items';
const getItem = { action: 'dynamodb:GetItem', arn };
const putItem = { action: 'dynamodb:PutItem', arn };
const allow: Statement = { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: [arn] };

const ledgerOf = (...statements: Statement[]) => {
  const ledger = createLedger({ functionName: 'items-dev-getItem', service: 'items', key: 'getItem', statements });
  return {
    ...ledger,
    call: (need: typeof getItem) => ledger.add(need, evaluate(statements, need, new Map())),
    unused: () =>
      ledger
        .granted()
        .filter(({ isUsed }) => !isUsed)
        .map(({ action, resource }) => `${action} on ${resource}`),
  };
};

describe('the ledger of a function', () => {
  it('counts the calls of each right', () => {
    const ledger = ledgerOf(allow);

    ledger.call(getItem);
    ledger.call(getItem);
    ledger.call(putItem);

    expect(ledger.used()).toEqual([
      { ...getItem, calls: 2, effect: 'allowed' },
      { ...putItem, calls: 1, effect: 'allowed' },
    ]);
  });

  it('has what was asked for and not allowed, too', () => {
    const ledger = ledgerOf(allow, { ...allow, Effect: 'Deny', Action: 'dynamodb:PutItem' });

    ledger.call(putItem);
    ledger.call({ ...getItem, arn: `${arn}/index/by-kind` });

    expect(ledger.used()).toEqual([
      { ...putItem, calls: 1, effect: 'denied' },
      { action: 'dynamodb:GetItem', arn: `${arn}/index/by-kind`, calls: 1, effect: 'unspoken' },
    ]);
    expect(ledger.granted().every(({ isUsed }) => !isUsed)).toBe(true);
  });

  it('has the latest decision of a right', () => {
    const ledger = ledgerOf(allow);

    ledger.add(getItem, { effect: 'unspoken' });
    ledger.call(getItem);

    expect(ledger.used()).toEqual([{ ...getItem, calls: 2, effect: 'allowed' }]);
    expect(ledger.unused()).toEqual([`dynamodb:PutItem on ${arn}`]);
  });

  it('tells each pair of action and resource that was not used from those that were', () => {
    const index = `${arn}/index/*`;
    const ledger = ledgerOf({ ...allow, Resource: [arn, index] });

    ledger.call(getItem);
    ledger.call({ ...putItem, arn: `${arn}/index/by-kind` });

    expect(ledger.granted()).toEqual([
      { action: 'dynamodb:GetItem', resource: arn, isUsed: true },
      { action: 'dynamodb:GetItem', resource: index, isUsed: false },
      { action: 'dynamodb:PutItem', resource: arn, isUsed: false },
      { action: 'dynamodb:PutItem', resource: index, isUsed: true },
    ]);
  });

  it.each([
    ['an action in another case', { ...allow, Action: 'dynamodb:getitem' }],
    ['a pattern of actions', { ...allow, Action: 'dynamodb:*' }],
    ['a pattern of resources', { ...allow, Action: 'dynamodb:GetItem', Resource: `${arn}*` }],
    ['any action', { ...allow, Action: '*' }],
    ['all actions but others', { Effect: 'Allow', NotAction: 's3:*', Resource: arn }],
    ['all resources but others', { Effect: 'Allow', Action: 'dynamodb:GetItem', NotResource: `${arn}/index/*` }],
  ] satisfies [string, Statement][])('finds a right used that %s grants', (_what, statement) => {
    const ledger = ledgerOf(statement);

    expect(ledger.unused()).toHaveLength(1);

    ledger.call(getItem);

    expect(ledger.unused()).toEqual([]);
  });

  it('finds nothing else used by a right that is granted by exception', () => {
    const ledger = ledgerOf(
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
        NotResource: ['arn:aws:s3:::*', 'arn:aws:sqs'],
      },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*' },
    );

    ledger.call(getItem);

    expect(ledger.unused()).toEqual([
      'dynamodb:PutItem on not arn:aws:s3:::*, arn:aws:sqs',
      's3:GetObject on arn:aws:s3:::files/*',
    ]);
  });

  it('lists no denial, and no right of a service whose calls do not come by', () => {
    const ledger = ledgerOf(
      { ...allow, Effect: 'Deny' },
      { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'sqs:SendMessage'], Resource: '*' },
    );

    expect(ledger.unused()).toEqual(['sqs:SendMessage on *']);
  });

  it('keeps 500 different rights, and their calls and decisions beyond that', () => {
    const ledger = ledgerOf({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const object = (number: number) => ({ action: 's3:GetObject', arn: `arn:aws:s3:::files/${number}` });

    for (let number = 0; number < 600; number += 1) ledger.call(object(number));
    ledger.call(object(0));
    ledger.add(object(1), { effect: 'unspoken' });

    expect(ledger.used()).toHaveLength(500);
    expect(ledger.used().slice(0, 2)).toEqual([
      { ...object(0), calls: 2, effect: 'allowed' },
      { ...object(1), calls: 2, effect: 'unspoken' },
    ]);
  });
});
