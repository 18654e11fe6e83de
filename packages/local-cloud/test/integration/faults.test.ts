import { eventually, letPass } from '@app/test-support/time';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { callerOf } from './support/epsilon.ts';
import { createWorkspace } from './support/workspace.ts';

let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let cloud: LocalCloud;
let call: ReturnType<typeof callerOf>;

const account = '000000000000';
const get = { TableName: 'epsilon-dev', Key: { id: { S: 'a' } } };
const send = (MessageBody: string) => ({ QueueUrl: `${cloud.endpoints.sqs}/${account}/epsilon-dev`, MessageBody });
const object = { Bucket: 'epsilon-dev', Key: 'open/x' };
const received = (body: string) => call.said().filter((said) => said === `received ${body}`).length;

beforeAll(async () => {
  workspace = await createWorkspace('rights');
  cloud = await startLocalCloud({
    dataDir: workspace.data,
    env: { AWS_ENDPOINT_URL_DYNAMODB: '', AWS_ENDPOINT_URL_S3: '', AWS_ENDPOINT_URL_SQS: '' },
    args: ['--root', workspace.root],
  });
  call = callerOf(cloud);
  await call.by('some', 'PutObject', { ...object, Body: 'x' });
});
afterEach(() => call.clearFaults());
afterAll(async () => {
  await cloud?.stop();
  await workspace?.remove();
});

describe('a fault of calls', () => {
  it.each<[string, string, () => object, object]>([
    ['throttle', 'GetItem', () => get, { name: 'ProvisionedThroughputExceededException', httpStatusCode: 400 }],
    ['throttle', 'SendMessage', () => send('x'), { name: 'ThrottlingException' }],
    ['throttle', 'GetObject', () => object, { name: 'SlowDown', httpStatusCode: 503 }],
    ['refuse', 'GetItem', () => get, { name: 'AccessDeniedException', httpStatusCode: 400 }],
    ['refuse', 'GetObject', () => object, { name: 'AccessDenied', httpStatusCode: 403 }],
    ['fail', 'GetItem', () => get, { name: 'InternalServerError', httpStatusCode: 500 }],
    ['fail', 'SendMessage', () => send('x'), { httpStatusCode: 500 }],
    ['cut', 'GetItem', () => get, { message: 'socket hang up' }],
    ['cut', 'GetObject', () => object, { message: 'socket hang up' }],
    ['cut', 'SendMessage', () => send('x'), { message: 'socket hang up' }],
  ])('%s: %s fails as it does on AWS', async (effect, command, input, answer) => {
    await call.addFault({ effect, operation: command, count: 1 });

    expect(await call.by('some', command, input())).toMatchObject(answer);
    expect(await call.by('some', command, input())).toMatchObject({ httpStatusCode: 200 });
  });

  it('loses the answer of what is carried out all the same', async () => {
    await call.addFault({ effect: 'lose', operation: 'PutItem', service: 'dynamodb', count: 1 });
    await call.addFault({ effect: 'lose', operation: 'SendMessage', count: 1 });
    await call.addFault({ effect: 'lose', operation: 'PutObject', count: 1 });
    const put = { TableName: 'epsilon-dev', Item: { id: { S: 'lost' } } };

    const answers = [
      await call.by('some', 'PutItem', put),
      await call.by('some', 'SendMessage', send('lost')),
      await call.by('some', 'PutObject', { Bucket: 'epsilon-dev', Key: 'open/lost', Body: 'x' }),
    ] as { httpStatusCode?: number }[];

    expect(answers.map(({ httpStatusCode }) => httpStatusCode)).toEqual([undefined, undefined, undefined]);
    const again = { ...put, ConditionExpression: 'attribute_not_exists(id)' };
    expect(await call.by('some', 'PutItem', again)).toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(await eventually(() => received('lost') === 1)).toBe(true);
    expect(await call.by('some', 'HeadObject', { Bucket: 'epsilon-dev', Key: 'open/lost' })).toMatchObject({
      httpStatusCode: 200,
    });
  });

  it('delays', async () => {
    await call.addFault({ effect: 'delay', milliseconds: 400, operation: 'GetItem' });
    const startedAt = performance.now();

    expect(await call.by('some', 'GetItem', get)).toMatchObject({ httpStatusCode: 200 });
    expect(performance.now() - startedAt).toBeGreaterThan(390);
  });

  it('meets the calls of its function, resource and operation, and no others', async () => {
    await call.addFault({ effect: 'throttle', function: 'epsilon:nothing' });
    await call.addFault({ effect: 'throttle', resource: 'another-table' });
    await call.addFault({ effect: 'throttle', service: 's3' });
    await call.addFault({ effect: 'throttle', share: 0 });

    expect(await call.by('some', 'GetItem', get)).toMatchObject({ httpStatusCode: 200 });
  });
});

describe('an invocation', () => {
  it.each<[object, number]>([
    [{ moment: 'before' }, 0],
    [{ moment: 'between', calls: 0 }, 0],
    [{ moment: 'after' }, 1],
  ])('that a fault ends (%j) has failed, and has done so much', async (fault, done) => {
    await call.addFault({ effect: 'end', function: 'epsilon:some', count: 1, ...fault });
    const id = JSON.stringify(fault);

    const response = await call.ask('some', 'PutItem', { TableName: 'epsilon-dev', Item: { id: { S: id } } });

    expect(response.status).toBe(500);
    await letPass(300, 'a call that was under way may still be carried out');
    const put = { TableName: 'epsilon-dev', Item: { id: { S: id } }, ConditionExpression: 'attribute_not_exists(id)' };
    expect(await call.by('some', 'PutItem', put)).toMatchObject({ httpStatusCode: done === 1 ? 400 : 200 });
  });
});

describe('what events bring', () => {
  it('is delivered twice', async () => {
    await call.addFault({ effect: 'duplicate', function: 'epsilon:receiver', count: 1 });
    await call.by('some', 'SendMessage', send('twice'));

    expect(await eventually(() => received('twice') === 2)).toBe(true);
  });

  it('is held until the fault is removed', async () => {
    const { id } = await call.addFault({ effect: 'hold', resource: 'epsilon-dev' });
    await call.by('some', 'SendMessage', send('held'));
    await letPass(800, 'nothing is delivered');
    const whileHeld = received('held');
    await call.inspect(`faults/${id}`, { method: 'DELETE' });

    expect(whileHeld).toBe(0);
    expect(await eventually(() => received('held') === 1)).toBe(true);
  });
});
