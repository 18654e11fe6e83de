import { eventually } from '@app/test-support/time';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/process/environment.ts';
import { queueUrl } from '../../src/template/resources.ts';
import { connect } from './support/connect.ts';
import { saidIn } from './support/said.ts';
import { Bucket, storageCloud } from './support/storageCloud.ts';

const TableName = 'delta-dev';
const region = 'eu-west-1';
const own = storageCloud();
const outputs: string[] = []; // of clouds before

const clients = () => ({
  s3: new S3Client({
    endpoint: own.cloud.endpoints.s3 ?? '',
    region,
    credentials,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  }),
  sqs: new SQSClient({ endpoint: own.cloud.endpoints.sqs ?? '', region, credentials }),
  table: connect(own.cloud.endpoints.dynamodb),
});

const lines = (word: string) =>
  saidIn([...outputs, own.cloud.output()].join('\n'))
    .filter((line) => line.startsWith(`${word} {`))
    .map((line) => JSON.parse(line.slice(word.length)) as { name: string; record: Record<string, unknown> });
const done = () => lines('done').map(({ name }) => name);
const failures = (name: string) => lines('failed').filter((line) => line.name === name).length;

const putObject = (Key: string) => clients().s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
const putRow = (id: string) => clients().table.send(new PutCommand({ TableName, Item: { id } }));
const deleteRow = (id: string) => clients().table.send(new DeleteCommand({ TableName, Key: { id } }));
const receive = async (queue: string) => {
  const input = { QueueUrl: queueUrl(own.cloud.endpoints.sqs ?? '', queue), WaitTimeSeconds: 5 };
  const { Messages: [message] = [] } = await clients().sqs.send(new ReceiveMessageCommand(input));
  return JSON.parse(message?.Body ?? '{}') as Record<string, unknown>;
};

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

    expect(await eventually(() => done().includes('in/fails-2.txt'))).toBe(true);
    const record = await receive('delta-object-failures-dev');

    expect([failures('in/fails-2.txt'), failures('in/fails-9.txt')]).toEqual([2, 3]);
    expect(record).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { Records: [{ s3: { object: { key: 'in/fails-9.txt' } } }] },
    });
  });
});

describe('changes of a table', () => {
  it('reach the function in their order, past failures, and none that its filter leaves out', async () => {
    for (const id of ['one', 'fails-2-two', 'three']) await putRow(id);
    await putRow('one'); // unchanged, then changed: no INSERT
    await deleteRow('one');

    expect(await eventually(() => done().includes('REMOVE one'))).toBe(true);
    const inOrder = ['INSERT one', 'INSERT fails-2-two', 'INSERT three', 'REMOVE one'];
    expect(done().filter((name) => inOrder.includes(name))).toEqual(inOrder);
    expect(failures('INSERT fails-2-two')).toBe(2);
  });

  it('that cannot be dealt with are put aside alone, and hold up those behind them no longer', async () => {
    for (const id of ['before', 'fails-9', 'behind']) await putRow(id);

    expect(await eventually(() => done().includes('INSERT behind'))).toBe(true);
    const record = await receive('delta-row-failures-dev');

    expect(done()).toContain('INSERT before');
    expect(done().filter((name) => name === 'INSERT behind')).toHaveLength(1);
    expect(record).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining(TableName) },
    });
  });
});

describe('a restart', () => {
  it('keeps objects, delivers what was not delivered, and nothing twice', async () => {
    await putObject('kept/a.bin');
    const seed = await clients().s3.send(new GetObjectCommand({ Bucket, Key: 'seeds/hello.txt' }));
    expect([seed.ContentType, await seed.Body?.transformToString()]).toEqual(['text/plain', 'hello']);
    await clients().s3.send(new DeleteObjectCommand({ Bucket, Key: 'seeds/hello.txt' }));
    const before = done().length;
    outputs.push(own.cloud.output());
    const { dynamodb } = own.cloud.endpoints;
    const table = connect(dynamodb);
    await table.send(new PutCommand({ TableName, Item: { id: 'at the last moment' } }));
    await own.cloud.stop();
    outputs[outputs.length - 1] = own.cloud.output();

    await own.start();

    expect(await eventually(() => done().includes('INSERT at the last moment'))).toBe(true);
    expect(done()).toHaveLength(before + 1);
    const kept = await clients().s3.send(new GetObjectCommand({ Bucket, Key: 'kept/a.bin' }));
    expect(await kept.Body?.transformToString()).toBe('x');
    await expect(clients().s3.send(new GetObjectCommand({ Bucket, Key: 'seeds/hello.txt' }))).rejects.toThrow(
      'does not exist',
    );
  });
});
