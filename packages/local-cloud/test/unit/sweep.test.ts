import { eventually } from '@app/test-support/time';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createSweep, startSweeping } from '../../src/dynamodb/sweep.ts';

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

describe('startSweeping', () => {
  const rows = ['1', '2', '3'].map((id) => ({ id: { S: id }, ttl: { N: '1' } }));
  let stop: (() => void) | undefined;
  afterEach(() => stop?.());

  /** Two tables of three expired rows; the call of this number fails. */
  const createTables = (faulty: number) => {
    const left = new Map(['a', 'b'].map((table) => [table, [...rows]]));
    let calls = 0;
    const send = async (command: DescribeTableCommand | ScanCommand | DeleteItemCommand) => {
      calls += 1;
      if (calls === faulty) throw new Error('The engine does not answer.');
      const table = String(command.input.TableName);
      if (command instanceof DescribeTableCommand) return { Table: { KeySchema: [{ AttributeName: 'id' }] } };
      if (command instanceof ScanCommand) return { Items: left.get(table) };
      const { id } = command.input.Key ?? {};
      left.set(table, left.get(table)?.filter((row) => row.id.S !== id?.S) ?? []);
      return {};
    };
    return { client: { send } as unknown as DynamoDBClient, left: () => [...left.values()].flat().length };
  };

  it.each(Array.from({ length: 10 }, (_, index) => index + 1))(
    'deletes all that has expired when its call number %i fails, and says so once',
    async (faulty) => {
      const { client, left } = createTables(faulty);
      const said: string[] = [];
      const tables = ['a', 'b'].map((table) => ({ table, attribute: 'ttl' }));

      stop = startSweeping(client, tables, { seconds: 0.005, warn: (message) => void said.push(message) });

      expect(await eventually(() => left() === 0)).toBe(true);
      expect(said).toEqual(['The TTL sweep failed: The engine does not answer.']);
    },
  );
});
