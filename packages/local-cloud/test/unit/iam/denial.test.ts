import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arnsIn } from '../../../src/calls/arns.ts';
import { denialAdvice, denialMessage, type ServiceSource } from '../../../src/iam/denial.ts';
import { createResolver } from '../../../src/template/resolver.ts';

const arns = arnsIn('eu-west-1');
const role = { functionName: 'items-dev-getItem', service: 'items', key: 'getItem', statements: [] };
const resources = {
  Requests: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'items-requests' } },
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'items' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'writes.fifo' } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } },
  Policy: { Type: 'AWS::S3::BucketPolicy' },
};
const resolve = createResolver(resources, { region: 'eu-west-1', stackName: 'items-dev', sqsEndpoint: 'http://sqs' });

let root: string;
let source: ServiceSource;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'denial-'));
  const folder = join(root, 'services/items');
  await mkdir(folder, { recursive: true });
  const files = {
    'alarms.yml': 'getItem: an alarm of the same name\nother:\n  handler: src/other.handler\n',
    'functions.yml': 'getItems:\n  handler: a\n\ngetItem: # one\n  timeout: 3\n\n  handler: src/getItem.handler\n',
    'serverless.yml':
      'service: items\nfunctions:\n  inline: { handler: src/inline.handler }\n  nested:\n    handler: b\n',
    'workers.yml': 'writer:\r\n  timeout: 3\r\n  handler: c\r\n',
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  source = { folder, root, resources, secrets: { key: '/groundwork/dev/items/key' }, resolve };
});

afterAll(() => rm(root, { recursive: true }));

const adviceOn = (action: string, arn: string, key = 'getItem') =>
  denialAdvice({ ...role, key }, { need: { action, arn }, effect: 'unspoken' }, source);

describe('the message of a denial', () => {
  const need = { action: 'dynamodb:GetItem', arn: arns.table('items') };
  const beginning =
    'User: arn:aws:sts::000000000000:assumed-role/items-dev-getItem-role/items-dev-getItem is not authorized to perform: ' +
    'dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:000000000000:table/items';

  it.each([
    ['unspoken', undefined, 'because no identity-based policy allows the dynamodb:GetItem action'],
    ['denied', 'identity', 'with an explicit deny in an identity-based policy'],
    ['denied', 'resource', 'with an explicit deny in a resource-based policy'],
  ] as const)('is AWS’s of a need that is %s (%s)', (effect, deniedBy, why) => {
    expect(denialMessage(role, { need, effect, ...(deniedBy && { deniedBy }) })).toBe(`${beginning} ${why}`);
  });
});

describe('the advice on a denial', () => {
  it('names a secret as its service does, so that it is right on every stage', () => {
    expect(adviceOn('ssm:GetParameter', arns.parameter('/groundwork/dev/items/key'))).toContain(
      "Resource: !Sub 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${self:custom.secrets.key}' }",
    );
  });

  it('names the function, the action, the ARN, the file, and the statement to add', () => {
    expect(adviceOn('dynamodb:GetItem', arns.table('items'))).toBe(
      [
        'items:getItem may not dynamodb:GetItem on arn:aws:dynamodb:eu-west-1:000000000000:table/items.',
        '  Add to its iamRoleStatements in services/items/functions.yml:',
        '    - { Effect: Allow, Action: dynamodb:GetItem, Resource: !GetAtt Table.Arn }',
      ].join('\n'),
    );
  });

  it.each([
    ['dynamodb:GetItem', arns.table('items-requests'), '!GetAtt Requests.Arn'],
    ['dynamodb:Query', arns.table('items', 'by-kind'), "!Sub '${Table.Arn}/index/by-kind'"],
    ['sqs:SendMessage', arns.queue('writes.fifo'), '!GetAtt Queue.Arn'],
    ['s3:ListBucket', arns.object('files'), '!GetAtt Bucket.Arn'],
    ['s3:GetObject', arns.object('files', "a/it's ${b}.txt"), "!Sub '${Bucket.Arn}/*'"],
    ['s3:ListAllMyBuckets', '*', "'*'"],
    [
      'dynamodb:GetItem',
      arns.table('items-of-others'),
      "!Sub 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/items-of-others'",
    ],
    [
      's3:GetObject',
      arns.object('assets-dev-000000000000', "it's"),
      "!Sub 'arn:${AWS::Partition}:s3:::assets-dev-${AWS::AccountId}/*'",
    ],
    [
      'execute-api:ManageConnections',
      arns.connection('dev', 'POST', 'abc='),
      "!Sub 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${WebsocketsApi}/dev/POST/@connections/*'",
    ],
  ])('has a template’s words for %s on %s', (action, arn, resource) => {
    expect(adviceOn(action, arn)).toContain(`- { Effect: Allow, Action: ${action}, Resource: ${resource} }`);
  });

  it.each([
    ['getItem', 'functions.yml'],
    ['writer', 'workers.yml'],
    ['inline', 'serverless.yml'],
    ['nested', 'serverless.yml'],
    ['unheardOf', 'serverless.yml'],
  ])('finds the file of %s: %s', (key, file) => {
    expect(adviceOn('sqs:SendMessage', '*', key)).toContain(`in services/items/${file}:`);
  });

  it('suggests no statement where a policy denies, or where the service is unknown', () => {
    const need = { action: 'sqs:SendMessage', arn: arns.queue('q') };
    const what = `items:getItem may not sqs:SendMessage on ${need.arn}`;

    expect(denialAdvice(role, { need, effect: 'denied', deniedBy: 'identity' }, source)).toBe(
      `${what}: a policy denies it.`,
    );
    expect(denialAdvice(role, { need, effect: 'unspoken' }, undefined)).toBe(`${what}.`);
  });
});
