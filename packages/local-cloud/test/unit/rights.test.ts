import { afterEach, describe, expect, it } from '@jest/globals';
import type { Serverless } from '../../src/framework/types.ts';
import { appIdOf, type Call, calls, publishCall, type Right } from '../../src/rights/calls.ts';
import { grantsOf } from '../../src/rights/grants.ts';
import { judge } from '../../src/rights/judge.ts';
import { connectionNeeds, dynamodbNeeds, s3Needs, sqsNeeds } from '../../src/rights/needs.ts';

const holder = 'notes-dev-getNote';
const getNote: Right = { action: 'dynamodb:GetItem', resource: 'table/notes-dev' };

/** As the SDK writes an app id into its User-Agent. */
const userAgentOf = (functionName: string) => `aws-sdk-js/3.0.0 app/${appIdOf(functionName).replaceAll('/', '-')}`;

const serverlessWith = (statement: object) =>
  ({ service: { functions: { getNote: { name: holder, iamRoleStatements: [statement] } } } }) as unknown as Serverless;

const needsOf = (operation: string, input: object) =>
  dynamodbNeeds(`DynamoDB_20120810.${operation}`, Buffer.from(JSON.stringify(input)));

describe('rights', () => {
  it.each([
    ['table/notes-dev', 'dynamodb:Query'],
    ['table/notes-dev/index/by-time', 'dynamodb:GetItem'],
    ['table/other', 'dynamodb:GetItem'],
  ])('are missing where a function calls what its role does not grant (%s, %s)', (resource, action) => {
    const call: Call = { caller: holder, resource, action };

    expect(judge([call], [{ holder, ...getNote }]).missing).toEqual([`${holder}: ${action} on ${resource}`]);
  });

  it('of another function do not count', () => {
    expect(judge([{ caller: 'notes-dev-listNotes', ...getNote }], [{ holder, ...getNote }])).toMatchObject({
      missing: [`notes-dev-listNotes: dynamodb:GetItem on table/notes-dev`],
      unused: [`${holder}: dynamodb:GetItem on table/notes-dev`],
    });
  });

  it.each([
    ['as they are', getNote],
    ['by a pattern of the resource', { ...getNote, resource: 'table/notes-*' }],
    ['by a pattern of the action', { ...getNote, action: 'dynamodb:Get*' }],
  ])('suffice that are granted %s', (_case, grant) => {
    expect(judge([{ caller: holder, ...getNote }], [{ holder, ...grant }])).toEqual({
      used: 1,
      missing: [],
      unused: [],
    });
  });

  it('do not take a dot for any character', () => {
    const call = { caller: holder, action: 'sqs:SendMessage', resource: 'writes-fifo' };

    expect(judge([call], [{ holder, ...call, resource: 'writes.fifo' }]).missing).toHaveLength(1);
  });

  it('are granted by the statements that allow, for the resources that they name', () => {
    const statement = { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: [{ table: true }] };
    const resolve = () => 'arn:aws:dynamodb:eu-west-1:000000000000:table/notes-dev';

    expect(grantsOf(serverlessWith(statement), resolve)).toEqual([{ holder, ...getNote }]);
    expect(grantsOf(serverlessWith({ ...statement, Effect: 'Deny' }), resolve)).toEqual([]);
  });
});

describe('a request needs', () => {
  it.each([
    ['its operation on the table', needsOf('GetItem', { TableName: 'notes-dev' }), [getNote]],
    [
      'its operation on the index',
      needsOf('Query', { TableName: 'notes-dev', IndexName: 'by-time' }),
      [{ action: 'dynamodb:Query', resource: 'table/notes-dev/index/by-time' }],
    ],
    [
      'the rights of all parts of a transaction',
      needsOf('TransactWriteItems', {
        TransactItems: [{ Put: { TableName: 'a' } }, { ConditionCheck: { TableName: 'b' } }],
      }),
      [
        { action: 'dynamodb:PutItem', resource: 'table/a' },
        { action: 'dynamodb:ConditionCheckItem', resource: 'table/b' },
      ],
    ],
    [
      'the right of a batch’s entries',
      sqsNeeds('AmazonSQS.SendMessageBatch', { QueueUrl: 'http://127.0.0.1:9324/000000000000/writes.fifo' }),
      [{ action: 'sqs:SendMessage', resource: 'writes.fifo' }],
    ],
    [
      'to read an object that it only looks at',
      s3Needs('HEAD', { bucket: 'files', key: 'a/b.txt' }),
      [{ action: 's3:GetObject', resource: 'files/a/b.txt' }],
    ],
    [
      'to manage the connections of its stage',
      connectionNeeds('POST', 'dev', 'abc='),
      [{ action: 'execute-api:ManageConnections', resource: `\${WebsocketsApi}/dev/POST/@connections/abc=` }],
    ],
  ])('%s', (_case, needs, expected) => {
    expect(needs).toEqual(expected);
  });
});

describe('a call', () => {
  const heard: unknown[] = [];
  const hear = (message: unknown) => void heard.push(message);

  afterEach(() => {
    calls.unsubscribe(hear);
    heard.length = 0;
  });

  it('is that of the function whose name the SDK sends', () => {
    calls.subscribe(hear);

    publishCall({ 'user-agent': userAgentOf(holder) }, () => [getNote]);

    expect(heard).toEqual([{ caller: holder, ...getNote }]);
  });

  it.each([undefined, 'curl/8', 'aws-sdk-js/3.0.0 app/PT-NO-OP-2.36.0-PTEnv-AWS_Lambda_nodejs24.x'])(
    'of %s is nobody’s',
    (userAgent) => {
      calls.subscribe(hear);

      publishCall({ 'user-agent': userAgent }, () => [getNote]);

      expect(heard).toEqual([]);
    },
  );

  it('is not looked at where nobody judges rights', () => {
    expect(() =>
      publishCall({ 'user-agent': userAgentOf(holder) }, () => {
        throw new Error('looked at');
      }),
    ).not.toThrow();
  });
});
