import type { AwsCall, CallOutcome } from '../calls/call.ts';
import { bodyText } from '../recorder/masking.ts';
import type { Attributes, SpanKind } from '../recorder/span.ts';
import type { Caller } from './caller.ts';

const attemptsIn = (header: string | string[] | undefined): { attempt?: number; most?: number } => {
  const [, attempt, most] = /attempt=(\d+)(?:;\s*max=(\d+))?/.exec([header ?? ''].flat().join()) ?? [];
  return {
    ...(attempt !== undefined && { attempt: Number(attempt) }),
    ...(most !== undefined && { most: Number(most) }),
  };
};

/** What each service's own conventions say. https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/ */
const ofService = ({ service, operation, resources }: AwsCall): Attributes => {
  const [first = ''] = resources;
  if (service === 'DynamoDB')
    return {
      'db.system.name': 'aws.dynamodb',
      'db.operation.name': operation,
      'db.collection.name': resources.length === 1 ? first : undefined,
      'aws.dynamodb.table_names': resources,
    };
  if (service === 'SQS')
    return {
      'messaging.system': 'aws_sqs',
      'messaging.operation.name': operation,
      'messaging.destination.name': first || undefined,
    };
  if (service === 'SNS') return { 'messaging.system': 'aws.sns', 'messaging.destination.name': first || undefined };
  if (service === 'SSM') return { 'local.parameter': first || undefined };
  if (service === 'S3') {
    const [bucket, key] = resources;
    return { 'aws.s3.bucket': bucket || undefined, 'aws.s3.key': key || undefined };
  }
  return service === 'ApiGatewayManagementApi' ? { 'local.connection_id': first } : {};
};

/** What sends something on to others. */
const producing: ReadonlySet<string> = new Set([
  'PostToConnection',
  'Publish',
  'PublishBatch',
  'SendMessage',
  'SendMessageBatch',
]);

export const kindOf = ({ operation }: AwsCall): SpanKind => (producing.has(operation) ? 'producer' : 'client');

/** The attributes of a call's span. */
export const callAttributes = (call: AwsCall, caller: Caller, outcome: CallOutcome): Attributes => {
  const { attempt = 1, most } = attemptsIn(call.headers['amz-sdk-request']);
  const arns = [...new Set(call.needs.map(({ arn }) => arn))];
  return {
    'rpc.system': 'aws-api',
    'rpc.service': call.service,
    'rpc.method': call.operation,
    ...ofService(call),
    'local.caller': caller.kind,
    'faas.name': caller.functionName,
    'local.presigned': caller.kind === 'presigned' ? true : undefined,
    'local.resource_arns': arns,
    'http.response.status_code': outcome.status,
    'http.request.resend_count': attempt - 1,
    'local.attempts_at_most': most,
    'error.type': outcome.error,
    'local.request.body': bodyText(call.input),
    'local.response.body': bodyText(outcome.output),
    ...outcome.attributes,
  };
};
