import { takeCapacity } from '@app/observability';
import { cancelled, type DynamoDbReply, reply, stubDynamoDb } from '@app/test-support';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createDocumentClient } from '../../src/documentClient.ts';

const TableName = 't';
const Key = { id: '1' };
const consumed = (CapacityUnits: number) => reply({ ConsumedCapacity: { TableName, CapacityUnits } });

const clientOf = (...replies: DynamoDbReply[]) => {
  const { requestHandler, requests } = stubDynamoDb(...replies);
  return { client: createDocumentClient({ requestHandler }), requests };
};

beforeEach(() => {
  takeCapacity();
});

describe('the capacity that commands consume', () => {
  it.each([
    ['GetItem', new GetCommand({ TableName, Key }), { read: 0.5, write: 0 }],
    ['Query', new QueryCommand({ TableName }), { read: 0.5, write: 0 }],
    ['PutItem', new PutCommand({ TableName, Item: Key }), { read: 0, write: 0.5 }],
    ['UpdateItem', new UpdateCommand({ TableName, Key }), { read: 0, write: 0.5 }],
    ['DeleteItem', new DeleteCommand({ TableName, Key }), { read: 0, write: 0.5 }],
  ])('is asked for and counted: %s', async (operation, command, expected) => {
    const { client, requests } = clientOf(consumed(0.5));

    await client.send(command as GetCommand);

    expect(requests).toMatchObject([{ operation, input: { ReturnConsumedCapacity: 'TOTAL' } }]);
    expect(takeCapacity()).toEqual(expected);
  });

  it('adds up over commands, and over the tables of one', async () => {
    const { client } = clientOf(reply({ ConsumedCapacity: [{ CapacityUnits: 2 }, { CapacityUnits: 1 }] }), consumed(4));

    await client.send(new BatchGetCommand({ RequestItems: { t: { Keys: [Key] } } }));
    await client.send(new GetCommand({ TableName, Key }));

    expect(takeCapacity()).toEqual({ read: 7, write: 0 });
  });

  it('counts a transaction that was retried once it went through', async () => {
    const { client } = clientOf(cancelled('TransactionConflict'), reply({ ConsumedCapacity: [{ CapacityUnits: 4 }] }));

    await client.send(new TransactWriteCommand({ TransactItems: [{ Delete: { TableName, Key } }] }));

    expect(takeCapacity()).toEqual({ read: 0, write: 4 });
  });

  it('is nothing where DynamoDB does not say', async () => {
    const { client } = clientOf(reply());

    await client.send(new GetCommand({ TableName, Key }));

    expect(takeCapacity()).toEqual({ read: 0, write: 0 });
  });
});
