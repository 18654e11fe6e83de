import type { Index, Table } from '@app/dynamodb/table';
import { dataPolicy } from '../stage/keepData.ts';
import { upperFirst } from '../upperFirst.ts';
import { assertTables } from './assertTables.ts';
import { type Tables, tableKey } from './tablesIn.ts';

interface TableOptions {
  /** `custom.tables`: the name of each table in the stage. */
  readonly names: Readonly<Record<string, string>>;
  /** Whether the stage keeps its data. */
  readonly isDurable: boolean;
}

const keySchema = (partition: string, sort: string | undefined) => [
  { AttributeName: partition, KeyType: 'HASH' },
  ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' }]),
];

const attributesOf = ({ key, sortKey, indexes }: Table) => {
  const keys = [key, sortKey, ...Object.values(indexes).flatMap(({ partition, sort }) => [partition, sort])];
  const names = new Set(keys.filter((name) => name !== undefined));
  return [...names].map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
};

const indexOf = ({ name, partition, sort, projection = 'ALL' }: Index) => ({
  IndexName: name,
  KeySchema: keySchema(partition, sort),
  Projection: { ProjectionType: projection },
});

/** Rows go at their `ttl` where the resource has an expiry, or the table says that they do. */
const expires = ({ resource, expires: isSaid = false }: Table) =>
  isSaid || (resource?.properties.includes('expiresAt') ?? false);

const recovery = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 } };

const resourceOf = (table: Table, TableName: string, isDurable: boolean) => {
  const indexes = Object.values(table.indexes);
  const isKept = isDurable && !table.isTransient;
  return {
    Type: 'AWS::DynamoDB::Table',
    ...dataPolicy(isKept),
    Properties: {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: isKept, // from the second deployment on: src/deployment/protection.ts
      ...(!table.isTransient && recovery),
      SSESpecification: { SSEEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      ...(expires(table) && { TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }),
      KeySchema: keySchema(table.key, table.sortKey),
      AttributeDefinitions: attributesOf(table),
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes.map(indexOf) }),
    },
  };
};

/**
 * The CloudFormation resources of a service's tables, by their logical ids. Throws, naming the table and the field, when a table
 * cannot be as it is defined, or has no name in `custom.tables`.
 */
export const tableResources = (tables: Tables, { names, isDurable }: TableOptions) => {
  assertTables(tables, names);
  return Object.fromEntries(
    Object.entries(tables).map(([exported, table]) => [
      upperFirst(exported),
      resourceOf(table, names[tableKey(exported)] ?? '', isDurable),
    ]),
  );
};

/** The ARN of each index, by the keys of its table and its own: what a statement that queries it names. */
export const indexArns = (tables: Tables) =>
  Object.fromEntries(
    Object.entries(tables).map(([exported, { indexes }]) => [
      tableKey(exported),
      Object.fromEntries(
        Object.entries(indexes).map(([key, { name }]) => [
          key,
          { 'Fn::Sub': `\${${upperFirst(exported)}.Arn}/index/${name}` },
        ]),
      ),
    ]),
  );
