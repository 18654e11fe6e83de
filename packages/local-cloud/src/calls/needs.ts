/** Which rights calls need: https://docs.aws.amazon.com/service-authorization/latest/reference */
import type { Arns } from './arns.ts';
import type { Need } from './call.ts';

interface Subject {
  readonly TableName?: string;
  readonly IndexName?: string;
}

/** As much of an input of DynamoDB as says which tables it is about. */
export interface DynamodbInput extends Subject {
  readonly StreamArn?: string;
  readonly ShardIterator?: string;
  readonly Statement?: string;
  readonly Statements?: readonly { readonly Statement?: string }[];
  readonly TransactStatements?: readonly { readonly Statement?: string }[];
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  /** Each has one member, named for what it does. */
  readonly TransactItems?: readonly Readonly<Record<string, Subject>>[];
}

const inTransaction: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};
const inPartiQl: Readonly<Record<string, string>> = {
  delete: 'PartiQLDelete',
  insert: 'PartiQLInsert',
  select: 'PartiQLSelect',
  update: 'PartiQLUpdate',
};

const onTable = (arns: Arns, operation: string, { TableName, IndexName }: Subject): Need => ({
  action: `dynamodb:${operation}`,
  arn: TableName === undefined ? '*' : arns.table(TableName, IndexName),
});

/** The verb of a PartiQL statement, and the table and the index that it is about. */
const partsOf = ({ Statement = '' }: { readonly Statement?: string }) => {
  const [, verb = ''] = /^\s*(\w+)/.exec(Statement) ?? [];
  const [, table, index] = /(?:\b(?:from|into)\s+|^\s*update\s+)"?([\w.-]+)"?(?:\."([\w.-]+)")?/i.exec(Statement) ?? [];
  return { verb: verb.toLowerCase(), table, index };
};

const ofStatement = (arns: Arns, statement: { readonly Statement?: string }): Need => {
  const { verb, table, index } = partsOf(statement);
  return onTable(arns, inPartiQl[verb] ?? 'PartiQLSelect', {
    ...(table !== undefined && { TableName: table }),
    ...(index !== undefined && { IndexName: index }),
  });
};

const statementsIn = ({ TransactStatements, Statements, Statement }: DynamodbInput) =>
  TransactStatements ?? Statements ?? (Statement === undefined ? [] : [{ Statement }]);

/** A transaction needs the rights of its items, one by one; a batch its own on each table. */
export const dynamodbNeeds = (arns: Arns, operation: string, input: DynamodbInput): Need[] => {
  const { TransactItems, RequestItems, StreamArn } = input;
  if (TransactItems)
    return TransactItems.flatMap((item) =>
      Object.entries(item).map(([verb, subject]) => onTable(arns, inTransaction[verb] ?? verb, subject)),
    );
  if (RequestItems) return Object.keys(RequestItems).map((table) => onTable(arns, operation, { TableName: table }));
  const statements = statementsIn(input);
  if (statements.length > 0) return statements.map((each) => ofStatement(arns, each));
  if (StreamArn !== undefined) return [{ action: `dynamodb:${operation}`, arn: StreamArn }];
  return [onTable(arns, operation, input)];
};

/** `arn:…:table/notes-dev` and `notes-dev` are one table. */
const nameOf = (table: string) => /^arn:.*:table\/([^/]+)/.exec(table)?.[1] ?? table;

/** The names of the tables that an input is about. */
export const tablesIn = (input: DynamodbInput): string[] => {
  const { TableName, RequestItems = {}, TransactItems = [] } = input;
  const names = [
    TableName,
    ...Object.keys(RequestItems),
    ...TransactItems.flatMap((item) => Object.values(item).map((subject) => subject.TableName)),
    ...statementsIn(input).map((statement) => partsOf(statement).table),
  ];
  return [...new Set(names.filter((name) => name !== undefined).map(nameOf))];
};

/** A batch needs the right of its entries. */
export const sqsNeeds = (arns: Arns, operation: string, queue: string | undefined): Need[] => [
  {
    action: `sqs:${operation.replace(/Batch$/, '')}`,
    arn: queue === undefined ? '*' : arns.queue(queue),
  },
];

/** A secret of Secrets Manager that Parameter Store hands on; its ARN ends in six characters that AWS chooses. */
const ofSecretsManager = /^\/aws\/reference\/secretsmanager\/(.+)$/s;

/**
 * A SecureString under the account's own key for Parameter Store needs no right of KMS.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
export const ssmNeeds = (arns: Arns, operation: string, parameter: string | undefined): Need[] => {
  const [, secret] = ofSecretsManager.exec(parameter ?? '') ?? [];
  return [
    { action: `ssm:${operation}`, arn: parameter === undefined ? '*' : arns.parameter(parameter) },
    ...(secret === undefined
      ? []
      : [{ action: 'secretsmanager:GetSecretValue', arn: arns.secret(`${secret}-Local0`) }]),
  ];
};

export const snsNeeds = (operation: string, arn = '*'): Need[] => [{ action: `sns:${operation}`, arn }];

interface S3Subject {
  readonly bucket: string;
  readonly key: string;
  /** Of a copy: where its bytes are, `bucket/key`. */
  readonly source?: string | undefined;
}

const s3Actions: Readonly<Record<string, string>> = {
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  DeleteObject: 's3:DeleteObject',
  DeleteObjects: 's3:DeleteObject',
  GetBucketLocation: 's3:GetBucketLocation',
  GetObject: 's3:GetObject',
  HeadBucket: 's3:ListBucket',
  HeadObject: 's3:GetObject',
  ListBuckets: 's3:ListAllMyBuckets',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
};

/** HeadObject needs GetObject, all parts of an upload PutObject, and a copy GetObject of its source as well. */
export const s3Needs = (arns: Arns, operation: string, { bucket, key, source }: S3Subject): Need[] => {
  const action = s3Actions[operation] ?? 's3:PutObject';
  if (action === 's3:ListAllMyBuckets') return [{ action, arn: '*' }];
  const arn = operation === 'DeleteObjects' ? arns.object(bucket, '*') : arns.object(bucket, key);
  return [{ action, arn }, ...(source === undefined ? [] : [{ action: 's3:GetObject', arn: arns.object(source) }])];
};

interface ConnectionSubject {
  readonly method: string;
  readonly stage: string;
  readonly connectionId: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html */
export const connectionNeeds = (arns: Arns, { method, stage, connectionId }: ConnectionSubject): Need[] => [
  { action: 'execute-api:ManageConnections', arn: arns.connection(stage, method, connectionId) },
];
