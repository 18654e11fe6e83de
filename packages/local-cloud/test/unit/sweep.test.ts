import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { createSweep } from '../../src/sweep.ts';

/** A table of which a scan finds one expired row, and what was asked of it. */
const createTable = (onDelete: () => void = () => {}, LastEvaluatedKey?: object) => {
  const sent: (ScanCommand | DeleteItemCommand)[] = [];
  const send = async (command: unknown) => {
    if (command instanceof DescribeTableCommand) return { Table: { KeySchema: [{ AttributeName: 'id' }] } };
    sent.push(command as ScanCommand);
    if (command instanceof DeleteItemCommand) onDelete();
    return { Items: [{ id: { S: '1' }, ttl: { N: '1' }, text: { S: 'x' } }], LastEvaluatedKey };
  };
  return { client: { send } as unknown as DynamoDBClient, sent };
};

describe('createSweep', () => {
  it('deletes by key, on condition that the row is still expired', async () => {
    const { client, sent } = createTable();

    await createSweep(client, { table: 't', attribute: 'ttl' })();

    const deletion = sent.find((command) => command instanceof DeleteItemCommand);
    expect(deletion?.input).toMatchObject({
      Key: { id: { S: '1' } },
      ConditionExpression: '#ttl BETWEEN :longAgo AND :now',
    });
  });

  it('leaves a row alone whose time was extended meanwhile', async () => {
    const { client } = createTable(() => {
      throw new ConditionalCheckFailedException({ message: 'extended', $metadata: {} });
    });

    await expect(createSweep(client, { table: 't', attribute: 'ttl' })()).resolves.toBeUndefined();
  });

  it('reads a bounded page a time, and goes on from there', async () => {
    const { client, sent } = createTable(undefined, { id: { S: '1' } });
    const sweep = createSweep(client, { table: 't', attribute: 'ttl' });

    await sweep();
    await sweep();

    const scans = sent.filter((command) => command instanceof ScanCommand).map(({ input }) => input);
    expect(scans.map(({ Limit }) => Limit)).toEqual([1000, 1000]);
    expect(scans.map(({ ExclusiveStartKey }) => ExclusiveStartKey)).toEqual([undefined, { id: { S: '1' } }]);
  });
});
