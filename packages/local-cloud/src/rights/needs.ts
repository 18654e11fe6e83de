/** Which rights requests need: https://docs.aws.amazon.com/service-authorization/latest/reference */
import type { Right } from './calls.ts';

interface Subject {
  readonly TableName: string;
  readonly IndexName?: string;
}

interface DynamodbInput extends Subject {
  /** Each has one member, named for what it does. */
  readonly TransactItems?: readonly Readonly<Record<string, Subject>>[];
}

const onTable = (operation: string, { TableName, IndexName }: Subject): Right => ({
  action: `dynamodb:${operation}`,
  resource: `table/${TableName}${IndexName === undefined ? '' : `/index/${IndexName}`}`,
});

const inTransaction: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

const operationOf = (target: unknown) => String(target).split('.').at(-1) ?? '';

/** `target` is the header x-amz-target: `DynamoDB_20120810.PutItem`. */
export const dynamodbNeeds = (target: unknown, body: Buffer): Right[] => {
  const input = JSON.parse(body.toString()) as DynamodbInput;
  if (!input.TransactItems) return [onTable(operationOf(target), input)];
  return input.TransactItems.flatMap((item) =>
    Object.entries(item).map(([verb, subject]) => onTable(inTransaction[verb] ?? verb, subject)),
  );
};

/** A batch needs the right of its entries. */
export const sqsNeeds = (target: unknown, { QueueUrl = '' }: { readonly QueueUrl?: string }): Right[] => [
  { action: `sqs:${operationOf(target).replace(/Batch$/, '')}`, resource: QueueUrl.split('/').at(-1) ?? '' },
];

const ofMethod: Readonly<Record<string, string>> = {
  DELETE: 's3:DeleteObject',
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
};

/** Of requests for an object: nothing else is asked of a bucket here. */
export const s3Needs = (
  method: string,
  { bucket, key }: { readonly bucket: string; readonly key: string },
): Right[] => [{ action: ofMethod[method] ?? `s3:${method}`, resource: `${bucket}/${key}` }];

/** The API has no id here: its ARN is as a template has it. */
export const connectionNeeds = (method: string, stage: string, connectionId: string): Right[] => [
  {
    action: 'execute-api:ManageConnections',
    resource: `\${WebsocketsApi}/${stage}/${method}/@connections/${connectionId}`,
  },
];
