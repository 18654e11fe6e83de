import { describe, expect, it } from '@jest/globals';
import { type FunctionRights, renderFunction, renderFunctions } from '../../../src/inspect/iam/render.ts';
import { paper } from '../../support/spans.ts';

const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/items-dev';
const createItem: FunctionRights = {
  function: 'items:createItem',
  name: 'items-dev-createItem',
  used: [
    { action: 'dynamodb:PutItem', arn: table, calls: 4, effect: 'allowed' },
    { action: 'dynamodb:Scan', arn: table, calls: 2, effect: 'unspoken' },
    { action: 's3:GetObject', arn: 'arn:aws:s3:::a', calls: 1, effect: 'denied' },
  ],
  granted: [
    { action: 'dynamodb:PutItem', resource: table, isUsed: true },
    { action: 'dynamodb:GetItem', resource: table, isUsed: false },
    { action: 'dynamodb:Query', resource: `${table}/index/*`, isUsed: false },
  ],
};
const ping: FunctionRights = { function: 'items:ping', name: 'items-dev-ping', used: [], granted: [] };

describe('pnpm iam', () => {
  it('lists functions with how many of their rights were used, and how many calls were not allowed', () => {
    expect(renderFunctions([createItem, ping], paper).split('\n')).toEqual([
      'function          rights  used  calls not allowed',
      'items:createItem       3     1                  3',
      'items:ping             0     0',
    ]);
  });

  it('has what a function called, and below that what it may', () => {
    expect(renderFunction(createItem, paper).split('\n')).toEqual([
      'items:createItem, deployed as items-dev-createItem',
      '',
      `called            on${' '.repeat(table.length)}calls`,
      `dynamodb:PutItem  ${table}      4  allowed`,
      `dynamodb:Scan     ${table}      2  not allowed by any statement`,
      `s3:GetObject      ${'arn:aws:s3:::a'.padEnd(table.length)}      1  denied by a statement`,
      '',
      'may call          on',
      `dynamodb:PutItem  ${table}          used`,
      `dynamodb:GetItem  ${table}          not used yet`,
      `dynamodb:Query    ${table}/index/*  not used yet`,
    ]);
  });

  it('says so where there is nothing', () => {
    expect(renderFunction(ping, paper)).toMatch(/It has called nothing yet\.\n\nIt may call nothing\.$/);
  });
});
