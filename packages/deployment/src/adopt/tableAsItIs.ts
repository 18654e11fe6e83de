import type {
  AttributeDefinition,
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  ProvisionedThroughputDescription,
  TableDescription,
  TimeToLiveDescription,
} from '@aws-sdk/client-dynamodb';

const keysOf = (schema: readonly KeySchemaElement[] = []) =>
  schema.map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType }));

const throughput = ({ ReadCapacityUnits, WriteCapacityUnits }: ProvisionedThroughputDescription = {}) => ({
  ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
});

const isProvisioned = ({ BillingModeSummary }: TableDescription) =>
  (BillingModeSummary?.BillingMode ?? 'PROVISIONED') === 'PROVISIONED';

const indexAsItIs = (index: GlobalSecondaryIndexDescription, withThroughput: boolean) => ({
  IndexName: index.IndexName,
  KeySchema: keysOf(index.KeySchema),
  Projection: index.Projection,
  ...(withThroughput && throughput(index.ProvisionedThroughput)),
});

/**
 * The properties that describe a table as it is, for the import: the deployment after it then changes what differs from
 * the template, and no more. Switching on a stream or an expiry that is on already is an error of DynamoDB.
 */
export const tableAsItIs = (table: TableDescription, expiry: TimeToLiveDescription = {}): Record<string, unknown> => {
  const provisioned = isProvisioned(table);
  const indexes = table.GlobalSecondaryIndexes ?? [];
  const expires = ['ENABLED', 'ENABLING'].includes(expiry.TimeToLiveStatus ?? '');
  return {
    TableName: table.TableName,
    KeySchema: keysOf(table.KeySchema),
    AttributeDefinitions: table.AttributeDefinitions,
    BillingMode: provisioned ? 'PROVISIONED' : 'PAY_PER_REQUEST',
    ...(provisioned && throughput(table.ProvisionedThroughput)),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => indexAsItIs(index, provisioned)),
    }),
    ...(table.StreamSpecification?.StreamEnabled && {
      StreamSpecification: { StreamViewType: table.StreamSpecification.StreamViewType },
    }),
    ...(table.SSEDescription?.Status === 'ENABLED' && { SSESpecification: { SSEEnabled: true } }),
    ...(expires && { TimeToLiveSpecification: { AttributeName: expiry.AttributeName, Enabled: true } }),
    DeletionProtectionEnabled: table.DeletionProtectionEnabled ?? false,
  };
};

interface Keyed {
  readonly KeySchema?: readonly KeySchemaElement[] | undefined;
  readonly AttributeDefinitions?: readonly AttributeDefinition[] | undefined;
}

/** `id HASH S, createdAt RANGE S`. */
const keyText = ({ KeySchema = [], AttributeDefinitions = [] }: Keyed) =>
  KeySchema.map(({ AttributeName, KeyType }) => {
    const type = AttributeDefinitions.find((each) => each.AttributeName === AttributeName)?.AttributeType;
    return `${AttributeName} ${KeyType} ${type}`;
  }).join(', ');

/** Why a table cannot become the template's: CloudFormation would have to replace it. Undefined when its keys are the same. */
export const keyDifference = (
  table: TableDescription,
  properties: Readonly<Record<string, unknown>>,
): string | undefined => {
  const [found, wanted] = [keyText(table), keyText(properties)];
  return found === wanted ? undefined : `its key is ${found}; the template’s is ${wanted}`;
};
