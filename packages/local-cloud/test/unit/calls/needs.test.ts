import { describe, expect, it } from '@jest/globals';
import { arnsIn } from '../../../src/calls/arns.ts';
import {
  connectionNeeds,
  type DynamodbInput,
  dynamodbNeeds,
  s3Needs,
  snsNeeds,
  sqsNeeds,
  ssmNeeds,
  tablesIn,
} from '../../../src/calls/needs.ts';

const arns = arnsIn('eu-west-1');
const ofTables = 'arn:aws:dynamodb:eu-west-1:000000000000:table';
const items = `${ofTables}/items`;

/** Rights as one line each: `dynamodb:PutItem arn:…`. */
const needsOf = (operation: string, input: DynamodbInput) =>
  dynamodbNeeds(arns, operation, input).map(({ action, arn }) => `${action} ${arn}`);

describe('what a call of DynamoDB needs', () => {
  it.each(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable', 'CreateTable'])(
    'is the right %s on the table',
    (operation) => {
      expect(needsOf(operation, { TableName: 'items' })).toEqual([`dynamodb:${operation} ${items}`]);
    },
  );

  it.each(['Query', 'Scan'])('is the right %s on the index', (operation) => {
    expect(needsOf(operation, { TableName: 'items', IndexName: 'by-kind' })).toEqual([
      `dynamodb:${operation} ${items}/index/by-kind`,
    ]);
  });

  it('is a right on the ARN, of a table that is named by it', () => {
    expect(needsOf('GetItem', { TableName: items })).toEqual([`dynamodb:GetItem ${items}`]);
    expect(needsOf('Query', { TableName: items, IndexName: 'by-kind' })).toEqual([
      `dynamodb:Query ${items}/index/by-kind`,
    ]);
  });

  it.each([['ListTables'], ['DescribeLimits']])('is a right on everything, of %s', (operation) => {
    expect(needsOf(operation, {})).toEqual([`dynamodb:${operation} *`]);
  });

  it('is the right of each item of a transaction of writes', () => {
    const TransactItems = [
      { Put: { TableName: 'items' } },
      { Update: { TableName: 'counters' } },
      { Delete: { TableName: 'items' } },
      { ConditionCheck: { TableName: 'users' } },
    ];

    expect(needsOf('TransactWriteItems', { TransactItems })).toEqual([
      `dynamodb:PutItem ${items}`,
      `dynamodb:UpdateItem ${ofTables}/counters`,
      `dynamodb:DeleteItem ${items}`,
      `dynamodb:ConditionCheckItem ${ofTables}/users`,
    ]);
  });

  it('is the right of each item of a transaction of reads', () => {
    expect(needsOf('TransactGetItems', { TransactItems: [{ Get: { TableName: 'items' } }] })).toEqual([
      `dynamodb:GetItem ${items}`,
    ]);
  });

  it.each(['BatchGetItem', 'BatchWriteItem'])('is the right %s on each table of a batch', (operation) => {
    expect(needsOf(operation, { RequestItems: { items: [], users: [] } })).toEqual([
      `dynamodb:${operation} ${items}`,
      `dynamodb:${operation} ${ofTables}/users`,
    ]);
  });

  it.each([
    ['SELECT * FROM "items" WHERE id = ?', 'PartiQLSelect', items],
    ['select * from items', 'PartiQLSelect', items],
    ['  SELECT * FROM "items"."by-kind"', 'PartiQLSelect', `${items}/index/by-kind`],
    ['SELECT validFrom FROM "items"', 'PartiQLSelect', items],
    ['SELECT lastUpdate FROM "items"', 'PartiQLSelect', items],
    [`INSERT INTO "items" VALUE {'id': ?}`, 'PartiQLInsert', items],
    ['UPDATE "items" SET a = 1 WHERE id = ?', 'PartiQLUpdate', items],
    ['DELETE FROM "items" WHERE id = ?', 'PartiQLDelete', items],
    ['EXISTS(SELECT * FROM "items" WHERE id = ?)', 'PartiQLSelect', items],
    ['SELECT', 'PartiQLSelect', '*'],
  ])('is the right of the statement %s', (Statement, action, arn) => {
    expect(needsOf('ExecuteStatement', { Statement })).toEqual([`dynamodb:${action} ${arn}`]);
  });

  it.each(['Statements', 'TransactStatements'])('is the right of each statement of %s', (member) => {
    const statements = [{ Statement: 'DELETE FROM items' }, { Statement: 'SELECT * FROM users' }];

    expect(needsOf('BatchExecuteStatement', { [member]: statements })).toEqual([
      `dynamodb:PartiQLDelete ${items}`,
      `dynamodb:PartiQLSelect ${ofTables}/users`,
    ]);
  });

  it.each(['DescribeStream', 'GetShardIterator'])('is the right %s on the stream', (operation) => {
    const StreamArn = `${items}/stream/2027-01-01T00:00:00.000`;

    expect(needsOf(operation, { StreamArn })).toEqual([`dynamodb:${operation} ${StreamArn}`]);
  });

  it('is a right on everything, of GetRecords, which names no stream', () => {
    expect(needsOf('GetRecords', { ShardIterator: 'iterator' })).toEqual(['dynamodb:GetRecords *']);
  });
});

describe('the tables that an input names', () => {
  it.each<[string, DynamodbInput, string[]]>([
    ['one item', { TableName: 'items' }, ['items']],
    ['a batch', { RequestItems: { items: [], users: [] } }, ['items', 'users']],
    [
      'a transaction',
      {
        TransactItems: [
          { Put: { TableName: 'items' } },
          { Get: { TableName: 'users' } },
          { Put: { TableName: 'items' } },
        ],
      },
      ['items', 'users'],
    ],
    ['nothing', {}, []],
    ['a table by its ARN', { TableName: items }, ['items']],
    ['a statement', { Statement: 'SELECT * FROM "items"' }, ['items']],
  ])('are each named once, of %s', (_what, input, tables) => {
    expect(tablesIn(input)).toEqual(tables);
  });
});

describe('what a call of SQS needs', () => {
  it.each([
    ['SendMessage', 'SendMessage'],
    ['SendMessageBatch', 'SendMessage'],
    ['DeleteMessageBatch', 'DeleteMessage'],
    ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibility'],
    ['ReceiveMessage', 'ReceiveMessage'],
    ['GetQueueUrl', 'GetQueueUrl'],
  ])('%s: the right %s on the queue', (operation, action) => {
    expect(sqsNeeds(arns, operation, 'writes.fifo')).toEqual([
      { action: `sqs:${action}`, arn: 'arn:aws:sqs:eu-west-1:000000000000:writes.fifo' },
    ]);
  });

  it('is a right on everything where no queue is named', () => {
    expect(sqsNeeds(arns, 'ListQueues', undefined)).toEqual([{ action: 'sqs:ListQueues', arn: '*' }]);
  });
});

describe('what a call of SNS needs', () => {
  it('is a right on the topic, or on everything', () => {
    const arn = 'arn:aws:sns:eu-west-1:000000000000:alarms';

    expect(snsNeeds('Publish', arn)).toEqual([{ action: 'sns:Publish', arn }]);
    expect(snsNeeds('ListTopics')).toEqual([{ action: 'sns:ListTopics', arn: '*' }]);
  });
});

describe('what a call of S3 needs', () => {
  const object = 'arn:aws:s3:::photos/a/cat.png';

  it.each([
    ['GetObject', 's3:GetObject'],
    ['HeadObject', 's3:GetObject'],
    ['PutObject', 's3:PutObject'],
    ['DeleteObject', 's3:DeleteObject'],
    ['CreateMultipartUpload', 's3:PutObject'],
    ['UploadPart', 's3:PutObject'],
    ['CompleteMultipartUpload', 's3:PutObject'],
    ['AbortMultipartUpload', 's3:AbortMultipartUpload'],
  ])('%s: the right %s on the object', (operation, action) => {
    expect(s3Needs(arns, operation, { bucket: 'photos', key: 'a/cat.png' })).toEqual([{ action, arn: object }]);
  });

  it.each([
    ['HeadBucket', 's3:ListBucket'],
    ['ListObjects', 's3:ListBucket'],
    ['ListObjectsV2', 's3:ListBucket'],
    ['GetBucketLocation', 's3:GetBucketLocation'],
  ])('%s: the right %s on the bucket', (operation, action) => {
    expect(s3Needs(arns, operation, { bucket: 'photos', key: '' })).toEqual([{ action, arn: 'arn:aws:s3:::photos' }]);
  });

  it('ListBuckets: the right to list all of them', () => {
    expect(s3Needs(arns, 'ListBuckets', { bucket: '', key: '' })).toEqual([
      { action: 's3:ListAllMyBuckets', arn: '*' },
    ]);
  });

  it('DeleteObjects: the right on all objects of the bucket', () => {
    expect(s3Needs(arns, 'DeleteObjects', { bucket: 'photos', key: '' })).toEqual([
      { action: 's3:DeleteObject', arn: 'arn:aws:s3:::photos/*' },
    ]);
  });

  it.each(['CopyObject', 'UploadPartCopy'])('%s: to read the source as well', (operation) => {
    expect(s3Needs(arns, operation, { bucket: 'photos', key: 'a/cat.png', source: 'uploads/1' })).toEqual([
      { action: 's3:PutObject', arn: object },
      { action: 's3:GetObject', arn: 'arn:aws:s3:::uploads/1' },
    ]);
  });
});

describe('what a call of Parameter Store needs', () => {
  const parameter = 'arn:aws:ssm:eu-west-1:000000000000:parameter';

  it('is the right to it on the parameter', () => {
    expect(ssmNeeds(arns, 'GetParameter', '/groundwork/dev/notes/key')).toEqual([
      { action: 'ssm:GetParameter', arn: `${parameter}/groundwork/dev/notes/key` },
    ]);
  });

  it('is the right to read the secret as well, where the parameter stands for one of Secrets Manager', () => {
    expect(ssmNeeds(arns, 'GetParameter', '/aws/reference/secretsmanager/notes/key')).toEqual([
      { action: 'ssm:GetParameter', arn: `${parameter}/aws/reference/secretsmanager/notes/key` },
      {
        action: 'secretsmanager:GetSecretValue',
        arn: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:notes/key-Local0',
      },
    ]);
  });
});

describe('what a call of the management API needs', () => {
  it.each(['POST', 'GET', 'DELETE'])('%s: to manage the connections of the API’s stage by that method', (method) => {
    expect(connectionNeeds(arns, { method, stage: 'dev', connectionId: 'abc=' })).toEqual([
      {
        action: 'execute-api:ManageConnections',
        arn: `arn:aws:execute-api:eu-west-1:000000000000:\${WebsocketsApi}/dev/${method}/@connections/abc=`,
      },
    ]);
  });
});
