import type { IncomingMessage } from 'node:http';

/** A request of the AWS JSON protocol, as DynamoDB and SQS speak it. */
export interface AwsRequest {
  readonly service: 'dynamodb' | 'sqs' | 'other';
  /** `PutItem`, `SendMessage` … */
  readonly operation: string;
  /** The tables, or the queue, that it is about. */
  readonly resources: readonly string[];
  readonly body: Buffer;
}

interface Input {
  readonly TableName?: string;
  readonly QueueUrl?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

const services = { DynamoDB_20120810: 'dynamodb', AmazonSQS: 'sqs' } as const;

const parsed = (body: Buffer): Input => {
  try {
    return JSON.parse(body.toString()) as Input;
  } catch {
    return {};
  }
};

const resourcesOf = ({ TableName, QueueUrl, RequestItems = {}, TransactItems = [] }: Input) =>
  [
    TableName,
    QueueUrl?.split('/').at(-1),
    ...Object.keys(RequestItems),
    ...TransactItems.flatMap((item) => Object.values(item).map((action) => action.TableName)),
  ].filter((name) => name !== undefined);

export const readAwsRequest = async (request: IncomingMessage): Promise<AwsRequest> => {
  const body = Buffer.concat(await request.toArray());
  const [service = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  return {
    service: services[service as keyof typeof services] ?? 'other',
    operation,
    resources: resourcesOf(parsed(body)),
    body,
  };
};
