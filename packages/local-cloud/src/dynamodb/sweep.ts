import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TtlTable } from './tables/tables.ts';

const rowsPerSweep = 1000;
const fiveYears = 5 * 365 * 24 * 3600; // DynamoDB leaves rows alone that expired longer ago: their time may be in another unit

type Key = Record<string, AttributeValue>;

/**
 * Deletes what has expired, in DynamoDB's stead, which no local engine does. One sweep reads at most a thousand rows of
 * a table and the next goes on from there; a row whose time was extended meanwhile stays.
 */
export const createSweep = (client: DynamoDBClient, { table, attribute }: TtlTable) => {
  let from: Key | undefined;
  let keyNames: readonly string[] | undefined;

  return async (): Promise<void> => {
    const { ConditionalCheckFailedException, DeleteItemCommand, DescribeTableCommand, ScanCommand } = await import(
      '@aws-sdk/client-dynamodb'
    );
    keyNames ??= ((await client.send(new DescribeTableCommand({ TableName: table }))).Table?.KeySchema ?? []).map(
      ({ AttributeName }) => String(AttributeName),
    );
    const now = Math.floor(Date.now() / 1000);
    const hasExpired = '#ttl BETWEEN :longAgo AND :now';
    const expired = {
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: { ':now': { N: String(now) }, ':longAgo': { N: String(now - fiveYears) } },
    };
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        FilterExpression: hasExpired,
        Limit: rowsPerSweep,
        ExclusiveStartKey: from,
        ...expired,
      }),
    );
    from = page.LastEvaluatedKey;
    for (const row of page.Items ?? []) {
      const Key = Object.fromEntries(Object.entries(row).filter(([name]) => keyNames?.includes(name)));
      await client
        .send(new DeleteItemCommand({ TableName: table, Key, ConditionExpression: hasExpired, ...expired }))
        .catch((error: unknown) => {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
        });
    }
  };
};

/** Sweeps every table again and again, one sweep at a time, until told to stop. A sweep that fails is told of and tried again. */
export const startSweeping = (
  client: DynamoDBClient,
  tables: readonly TtlTable[],
  { seconds, warn }: { seconds: number; warn: (message: string) => void },
) => {
  const sweeps = tables.map((each) => createSweep(client, each));
  let timer: NodeJS.Timeout;
  let stopped = false;
  const sweepAll = async () => {
    for (const sweep of sweeps)
      await sweep().catch((error: Error) => !stopped && warn(`The TTL sweep failed: ${error.message}`));
    if (!stopped) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => void sweepAll(), seconds * 1000);
  };
  schedule();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
};
