import { setTimeout as wait } from 'node:timers/promises';
import type {
  DynamoDBClient,
  GlobalSecondaryIndex,
  GlobalSecondaryIndexDescription,
  TableDescription,
  UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../../framework/dynamodbPlugin.ts';

type IndexLike = Pick<GlobalSecondaryIndexDescription, 'IndexName' | 'KeySchema' | 'Projection'>;

const keyOf = (schema: IndexLike['KeySchema'] | TableDefinition['KeySchema'] = []) =>
  [...schema].map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join(', ');

const shapeOf = ({ KeySchema, Projection }: IndexLike) =>
  `${keyOf(KeySchema)} ${Projection?.ProjectionType} ${[...(Projection?.NonKeyAttributes ?? [])].toSorted().join()}`;

/** How the indexes of a table that is there differ from those that it should have. */
export interface IndexChanges {
  readonly added: readonly GlobalSecondaryIndex[];
  /** Names of indexes that it has and should not. */
  readonly removed: readonly string[];
  /** What cannot be changed, each as a sentence. */
  readonly problems: readonly string[];
}

const cure = 'npm start -- --fresh makes it anew, without its data';

/** Compares a table with its definition. */
export const compareIndexes = (existing: TableDescription, defined: TableDefinition): IndexChanges => {
  const { TableName, GlobalSecondaryIndexes: wanted = [] } = defined;
  const there = new Map<string, IndexLike>(
    (existing.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName ?? '', index]),
  );
  const changed = wanted.filter((index) => {
    const same = there.get(index.IndexName ?? '');
    return same && shapeOf(same) !== shapeOf(index);
  });
  const hasOtherKey = keyOf(existing.KeySchema) !== keyOf(defined.KeySchema);
  return {
    added: wanted.filter(({ IndexName = '' }) => !there.has(IndexName)),
    removed: [...there.keys()].filter((name) => !wanted.some(({ IndexName }) => IndexName === name)),
    problems: [
      ...(hasOtherKey ? [`${TableName} was created with another key than it has now: ${cure}.`] : []),
      ...changed.map(
        ({ IndexName }) =>
          `${TableName} has ${IndexName} with another key or projection. DynamoDB changes no index: give the new one another name, here and for AWS; or ${cure}.`,
      ),
    ],
  };
};

const longestBuild = 30_000; // milliseconds; DynamoDB Local builds an index behind the call

const untilActive = async (client: DynamoDBClient, TableName: string) => {
  const { DescribeTableCommand } = await import('@aws-sdk/client-dynamodb');
  const deadline = Date.now() + longestBuild;
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const all = [Table?.TableStatus, ...(Table?.GlobalSecondaryIndexes ?? []).map(({ IndexStatus }) => IndexStatus)];
    if (all.every((status) => status === 'ACTIVE')) return;
    if (Date.now() > deadline) throw new Error(`The indexes of ${TableName} were not built in time.`);
    await wait(100);
  }
};

/** The definitions of the attributes that an update may speak of: keys of the table and of the index. */
const attributesFor = ({ KeySchema, AttributeDefinitions = [] }: TableDefinition, index: GlobalSecondaryIndex) => {
  const names = new Set([...KeySchema, ...(index.KeySchema ?? [])].map(({ AttributeName }) => AttributeName));
  return AttributeDefinitions.filter(({ AttributeName }) => names.has(AttributeName ?? ''));
};

/** Adds and removes indexes, one after another as DynamoDB has it; it fills a new one from the table's rows. */
export const changeIndexes = async (
  client: DynamoDBClient,
  defined: TableDefinition,
  { added, removed }: IndexChanges,
): Promise<void> => {
  const { TableName } = defined;
  const { UpdateTableCommand } = await import('@aws-sdk/client-dynamodb');
  const update = async (change: Omit<UpdateTableCommandInput, 'TableName'>) => {
    await client.send(new UpdateTableCommand({ TableName, ...change }));
    await untilActive(client, TableName);
  };
  for (const IndexName of removed) await update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
  for (const index of added)
    await update({
      AttributeDefinitions: attributesFor(defined, index),
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    });
};
