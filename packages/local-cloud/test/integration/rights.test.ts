import { once } from 'node:events';
import { eventually } from '@app/test-support/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { type Called, callerOf } from './support/epsilon.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;
let call: ReturnType<typeof callerOf>;
let connectionId: string;
let socket: WebSocket;

const account = '000000000000';
const table = `arn:aws:dynamodb:eu-west-1:${account}:table/epsilon-dev`;
const Key = { id: { S: 'a' } };

beforeAll(async () => {
  workspace = await createWorkspace('rights');
  cloud = await startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL_SQS: '' },
    args: ['--root', workspace.root],
  });
  call = callerOf(cloud);
  socket = new WebSocket(`${cloud.urls['gateway']?.replace('http', 'ws')}/ws`);
  await once(socket, 'open');
  connectionId = await call.connectionId();
});

afterAll(async () => {
  socket?.close();
  await cloud?.stop().catch(() => {}); // it tells of the rights that were missing
  await workspace?.remove();
});

const refusals: [what: string, command: string, input: () => object, answer: Called, need: string, added: string][] = [
  [
    'DynamoDB',
    'GetItem',
    () => ({ TableName: 'epsilon-dev', Key }),
    { name: 'AccessDeniedException', httpStatusCode: 400 },
    `dynamodb:GetItem on ${table}`,
    '- { Effect: Allow, Action: dynamodb:GetItem, Resource: !GetAtt Table.Arn }',
  ],
  [
    'an index of DynamoDB',
    'Query',
    () => ({
      TableName: 'epsilon-dev',
      IndexName: 'by-kind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'x' } },
    }),
    { name: 'AccessDeniedException', httpStatusCode: 400 },
    `dynamodb:Query on ${table}/index/by-kind`,
    "- { Effect: Allow, Action: dynamodb:Query, Resource: !Sub '${Table.Arn}/index/by-kind' }",
  ],
  [
    'SQS',
    'SendMessage',
    () => ({ QueueUrl: `${cloud.endpoints.sqs}/${account}/epsilon-dev`, MessageBody: 'x' }),
    { name: 'AccessDeniedException', httpStatusCode: 403 },
    `sqs:SendMessage on arn:aws:sqs:eu-west-1:${account}:epsilon-dev`,
    '- { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn }',
  ],
  [
    'S3',
    'PutObject',
    () => ({ Bucket: 'epsilon-dev', Key: 'open/a', Body: 'x' }),
    { name: 'AccessDenied', httpStatusCode: 403 },
    's3:PutObject on arn:aws:s3:::epsilon-dev/open/a',
    "- { Effect: Allow, Action: s3:PutObject, Resource: !Sub '${Bucket.Arn}/*' }",
  ],
  [
    'S3, by HeadObject, which needs the right to get,',
    'HeadObject',
    () => ({ Bucket: 'epsilon-dev', Key: 'open/a' }),
    { httpStatusCode: 403 },
    's3:GetObject on arn:aws:s3:::epsilon-dev/open/a',
    "- { Effect: Allow, Action: s3:GetObject, Resource: !Sub '${Bucket.Arn}/*' }",
  ],
  [
    'the management API of WebSockets',
    'PostToConnection',
    () => ({ ConnectionId: connectionId, Data: 'x' }),
    { name: 'AccessDeniedException', httpStatusCode: 403 },
    'execute-api:ManageConnections on arn:aws:execute-api:eu-west-1:000000000000:${WebsocketsApi}/dev/POST/@connections/',
    "- { Effect: Allow, Action: execute-api:ManageConnections, Resource: !Sub 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${WebsocketsApi}/dev/POST/@connections/*' }",
  ],
];

describe('a function without the right', () => {
  it.each(refusals)(
    'is refused by %s as the service refuses it, and told what to add',
    async (...[, command, input, answer, need, added]) => {
      expect(await call.by('nothing', command, input())).toMatchObject(answer);

      const said = await eventually(() =>
        call.said().some((message) => message.includes(`epsilon:nothing may not ${need}`) && message.includes(added)),
      );
      expect(said).toBe(true);
      expect(call.said().join('\n')).toContain('services/epsilon/serverless.yml');
    },
  );

  it('is refused a transaction for any of its parts, and nothing of it is done', async () => {
    const TransactItems = [
      { Put: { TableName: 'epsilon-dev', Item: { id: { S: 'whole' } } } },
      { Delete: { TableName: 'epsilon-dev', Key: { id: { S: 'other' } } } },
    ];

    expect(await call.by('some', 'TransactWriteItems', { TransactItems })).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`not authorized to perform: dynamodb:DeleteItem on resource: ${table}`),
    });
    expect(
      await call.by('some', 'PutItem', {
        TableName: 'epsilon-dev',
        Item: { id: { S: 'whole' } },
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    ).toMatchObject({ httpStatusCode: 200 });
  });
});

describe('a function with the right', () => {
  it.each<[string, string, () => object]>([
    ['the item', 'GetItem', () => ({ TableName: 'epsilon-dev', Key })],
    [
      'the message',
      'SendMessage',
      () => ({ QueueUrl: `${cloud.endpoints.sqs}/${account}/epsilon-dev`, MessageBody: 'x' }),
    ],
    ['the object', 'PutObject', () => ({ Bucket: 'epsilon-dev', Key: 'open/b', Body: 'x' })],
    ['the head of the object', 'HeadObject', () => ({ Bucket: 'epsilon-dev', Key: 'open/b' })],
    ['the connection', 'PostToConnection', () => ({ ConnectionId: connectionId, Data: 'x' })],
  ])('reaches %s', async (_what, command, input) => {
    expect(await call.by('some', command, input())).toMatchObject({ httpStatusCode: 200 });
  });

  it.each<[string, string, object]>([
    ['by a statement of its role', 'DeleteObject', { Bucket: 'epsilon-dev', Key: 'open/b' }],
    ['by the bucket’s policy', 'PutObject', { Bucket: 'epsilon-dev', Key: 'open/closed/b', Body: 'x' }],
  ])('is refused what is denied %s', async (_how, command, input) => {
    expect(await call.by('some', command, input)).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('explicit deny'),
    });
  });

  it('hears of an object that is not there only with the right to list', async () => {
    expect(await call.by('some', 'GetObject', { Bucket: 'epsilon-dev', Key: 'open/nowhere' })).toMatchObject({
      name: 'AccessDenied',
      httpStatusCode: 403,
    });
  });
});

describe('a link', () => {
  it('is judged as a call of the function that signed it, whoever uses it', async () => {
    await call.by('some', 'PutObject', { Bucket: 'epsilon-dev', Key: 'open/c', Body: 'linked' });
    const [good, bad] = [
      await call.by('some', 'Presign', { Bucket: 'epsilon-dev', Key: 'open/c' }),
      await call.by('nothing', 'Presign', { Bucket: 'epsilon-dev', Key: 'open/c' }),
    ] as { url: string }[];

    const [allowed, refused] = await Promise.all([fetch(good?.url ?? ''), fetch(bad?.url ?? '')]);

    expect([allowed.status, await allowed.text()]).toEqual([200, 'linked']);
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  });
});

describe('what a function has called against what it may', () => {
  it('is shown by its name', async () => {
    await call.by('some', 'GetItem', { TableName: 'epsilon-dev', Key });

    const { functions } = (await call.inspect('iam/epsilon:some')) as {
      functions: { used: object[]; granted: object[] }[];
    };

    expect(functions[0]?.used).toContainEqual({
      action: 'dynamodb:GetItem',
      arn: table,
      calls: expect.any(Number),
      effect: 'allowed',
    });
    expect(functions[0]?.granted).toContainEqual({ action: 'dynamodb:GetItem', resource: table, isUsed: true });
    expect(functions[0]?.granted).toContainEqual({
      action: 'dynamodb:Query',
      resource: `${table}/index/*`,
      isUsed: false,
    });
  });
});

describe('a cloud whose functions lacked rights', () => {
  it('says so when it is stopped', async () => {
    await expect(cloud.stop()).rejects.toThrow(/^Functions lack rights.*epsilon:nothing: dynamodb:GetItem on/s);
  });
});
