import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queueUrl } from '../../src/cloudFormation/resources.ts';
import { credentials } from '../../src/environment.ts';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { connect } from './support/connect.ts';
import { eventually } from './support/eventually.ts';
import { createWorkspace } from './support/workspace.ts';

const Bucket = 'delta-dev-000000000000';
const TableName = 'delta-dev';
const region = 'eu-west-1';
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;
const outputs: string[] = []; // of clouds before

const start = () =>
  startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL_SQS: '' },
    functionEnvironment: { ATTEMPTS_FILE: join(workspace.root, 'attempts') },
    args: ['--root', workspace.root],
  });

const clients = () => ({
  s3: new S3Client({
    endpoint: cloud.endpoints.s3 ?? '',
    region,
    credentials,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  }),
  sqs: new SQSClient({ endpoint: cloud.endpoints.sqs ?? '', region, credentials }),
  table: connect(cloud.endpoints.dynamodb),
});

const lines = (word: string) =>
  [...outputs, cloud.output()]
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith(`${word} {`))
    .map((line) => JSON.parse(line.slice(word.length)) as { name: string; record: Record<string, unknown> });
const done = () => lines('done').map(({ name }) => name);
const failures = (name: string) => lines('failed').filter((line) => line.name === name).length;

const putObject = (Key: string) => clients().s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
const putRow = (id: string) => clients().table.send(new PutCommand({ TableName, Item: { id } }));
const deleteRow = (id: string) => clients().table.send(new DeleteCommand({ TableName, Key: { id } }));
const receive = async (queue: string) => {
  const input = { QueueUrl: queueUrl(cloud.endpoints.sqs ?? '', queue), WaitTimeSeconds: 5 };
  const { Messages: [message] = [] } = await clients().sqs.send(new ReceiveMessageCommand(input));
  return JSON.parse(message?.Body ?? '{}') as Record<string, unknown>;
};

beforeAll(async () => {
  workspace = await createWorkspace('storage');
  cloud = await start();
}, 60_000);

afterAll(async () => {
  await cloud?.stop();
  await workspace?.remove();
});

describe('an object that is created', () => {
  it('calls the function that its bucket notifies, with the key as S3 encodes it, and none for other keys', async () => {
    await putObject('out/a.txt');
    await putObject('in/a.json');
    await putObject('in/ä b+c/a.txt');

    expect(await eventually(() => done().includes('in/%C3%A4+b%2Bc/a.txt'))).toBe(true);
    expect(lines('done').filter(({ record }) => 's3' in record)).toMatchObject([
      {
        record: {
          eventSource: 'aws:s3',
          eventName: 'ObjectCreated:Put',
          awsRegion: region,
          s3: {
            bucket: { name: Bucket },
            object: { size: 1, eTag: expect.any(String), sequencer: expect.any(String) },
          },
        },
      },
    ]);
  });

  it('is told of again when the function fails, twice, and goes to the failure destination then', async () => {
    await Promise.all([putObject('in/fails-2.txt'), putObject('in/fails-9.txt')]);

    expect(await eventually(() => done().includes('in/fails-2.txt'), 5000)).toBe(true);
    const record = await receive('delta-object-failures-dev');

    expect([failures('in/fails-2.txt'), failures('in/fails-9.txt')]).toEqual([2, 3]);
    expect(record).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { Records: [{ s3: { object: { key: 'in/fails-9.txt' } } }] },
    });
  }, 15_000);
});

describe('changes of a table', () => {
  it('reach the function in their order, past failures, and none that its filter leaves out', async () => {
    for (const id of ['one', 'fails-2-two', 'three']) await putRow(id);
    await putRow('one'); // unchanged, then changed: no INSERT
    await deleteRow('one');

    expect(await eventually(() => done().includes('REMOVE one'), 5000)).toBe(true);
    const inOrder = ['INSERT one', 'INSERT fails-2-two', 'INSERT three', 'REMOVE one'];
    expect(done().filter((name) => inOrder.includes(name))).toEqual(inOrder);
    expect(failures('INSERT fails-2-two')).toBe(2);
  }, 15_000);

  it('that cannot be dealt with are put aside alone, and hold up those behind them no longer', async () => {
    for (const id of ['before', 'fails-9', 'behind']) await putRow(id);

    expect(await eventually(() => done().includes('INSERT behind'), 8000)).toBe(true);
    const record = await receive('delta-row-failures-dev');

    expect(done()).toContain('INSERT before');
    expect(done().filter((name) => name === 'INSERT behind')).toHaveLength(1);
    expect(record).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining(TableName) },
    });
  }, 15_000);
});

describe('a restart', () => {
  it('keeps objects, delivers what was not delivered, and nothing twice', async () => {
    await putObject('kept/a.bin');
    const seed = await clients().s3.send(new GetObjectCommand({ Bucket, Key: 'seeds/hello.txt' }));
    expect([seed.ContentType, await seed.Body?.transformToString()]).toEqual(['text/plain', 'hello']);
    await clients().s3.send(new DeleteObjectCommand({ Bucket, Key: 'seeds/hello.txt' }));
    const before = done().length;
    outputs.push(cloud.output());
    const { dynamodb } = cloud.endpoints;
    const table = connect(dynamodb);
    await table.send(new PutCommand({ TableName, Item: { id: 'at the last moment' } }));
    await cloud.stop();
    outputs[outputs.length - 1] = cloud.output();

    cloud = await start();

    expect(await eventually(() => done().includes('INSERT at the last moment'), 5000)).toBe(true);
    expect(done()).toHaveLength(before + 1);
    const kept = await clients().s3.send(new GetObjectCommand({ Bucket, Key: 'kept/a.bin' }));
    expect(await kept.Body?.transformToString()).toBe('x');
    await expect(clients().s3.send(new GetObjectCommand({ Bucket, Key: 'seeds/hello.txt' }))).rejects.toThrow(
      'does not exist',
    );
  }, 60_000);
});
