import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FaultProxy, startFaultProxy } from '../../src/index.ts';

let engine: Server;
let reached: string[];
let proxy: FaultProxy;
let client: DynamoDBClient;

const put = (TableName: string) => client.send(new PutItemCommand({ TableName, Item: { id: { S: '1' } } }));
const get = (TableName: string) => client.send(new GetItemCommand({ TableName, Key: { id: { S: '1' } } }));

beforeEach(async () => {
  reached = [];
  engine = createServer((request, response) => {
    reached.push(String(request.headers['x-amz-target']).split('.')[1] ?? '');
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    request.resume().on('end', () => response.end('{}'));
  });
  await once(engine.listen(0, '127.0.0.1'), 'listening');
  proxy = await startFaultProxy();
  proxy.pointAt(`http://127.0.0.1:${(engine.address() as AddressInfo).port}`);
  client = new DynamoDBClient({ endpoint: proxy.url, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await proxy.stop();
  engine.closeAllConnections();
  engine.close();
});

describe('startFaultProxy', () => {
  it('passes on what no fault is about, and counts it', async () => {
    proxy.add({ kind: 'throttle', resource: 'other-dev' });
    proxy.add({ kind: 'throttle', operations: ['GetItem'] });

    await put('items-dev');

    expect(reached).toEqual(['PutItem']);
    expect([proxy.count('PutItem'), proxy.count('GetItem'), proxy.count()]).toEqual([1, 0, 1]);
  });

  it('answers as a throttled table does, so many times, and not once the fault is removed', async () => {
    const twice = proxy.add({ kind: 'throttle', operations: ['PutItem'], times: 2 });
    const always = proxy.add({ kind: 'throttle', operations: ['GetItem'] });

    await expect(put('items-dev')).rejects.toThrow(
      expect.objectContaining({ name: 'ProvisionedThroughputExceededException' }),
    );
    await expect(put('items-dev')).rejects.toThrow('of the fault proxy');
    await put('items-dev');
    await expect(get('items-dev')).rejects.toThrow('of the fault proxy');
    always.remove();
    await get('items-dev');

    expect([twice.hits(), always.hits()]).toEqual([2, 1]);
    expect(reached).toEqual(['PutItem', 'GetItem']);
  });

  it('finds a table in a transaction, and lets the first through if told so', async () => {
    const Put = { TableName: 'requests-dev', Item: { id: { S: '1' } } };
    const transaction = () => client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
    const fault = proxy.add({ kind: 'error', resource: 'requests-dev', after: 1 });

    await transaction();

    await expect(transaction()).rejects.toThrow(expect.objectContaining({ name: 'InternalServerError' }));
    expect(fault.hits()).toBe(1);
  });

  it('cuts the connection before the engine has seen a request, or after', async () => {
    proxy.add({ kind: 'reset', operations: ['GetItem'] });
    proxy.add({ kind: 'lose', operations: ['PutItem'] });

    await expect(get('items-dev')).rejects.toThrow('socket hang up');
    await expect(put('items-dev')).rejects.toThrow('socket hang up');

    expect(reached).toEqual(['PutItem']);
  });

  it('lets others work before it cuts the connection', async () => {
    const meanwhile = async () => {
      await get('items-dev');
    };
    proxy.add({ kind: 'reset', operations: ['PutItem'], times: 1, meanwhile });
    proxy.add({ kind: 'lose', operations: ['PutItem'], meanwhile });

    await expect(put('items-dev')).rejects.toThrow('socket hang up');
    await expect(put('items-dev')).rejects.toThrow('socket hang up');

    expect(reached).toEqual(['GetItem', 'PutItem', 'GetItem']);
  });

  it('holds requests up', async () => {
    proxy.add({ kind: 'delay', milliseconds: 60 });
    const begun = performance.now();

    await put('items-dev');

    expect(performance.now() - begun).toBeGreaterThanOrEqual(55);
  });

  it('refuses connections until it accepts them again, under the same URL', async () => {
    await put('items-dev');
    await proxy.refuse();

    await expect(put('items-dev')).rejects.toThrow(/hang up|ECONN/); // the open connection is cut
    await expect(put('items-dev')).rejects.toThrow('ECONNREFUSED');
    await proxy.accept();
    await put('items-dev');

    expect(reached).toHaveLength(2);
  });
});
