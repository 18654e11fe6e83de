import type { AwsService, CallRefusal } from '../calls/call.ts';

/** The names of errors that services share, and word differently. */
type Kind = 'denied' | 'throttled' | 'failed';

const amz: Readonly<Record<Kind, readonly [status: number, code: string]>> = {
  denied: [400, 'AccessDeniedException'],
  throttled: [400, 'ThrottlingException'],
  failed: [500, 'InternalServerError'],
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html and its like of the others. */
const codes: Readonly<Record<AwsService, Readonly<Record<Kind, readonly [status: number, code: string]>>>> = {
  ApiGatewayManagementApi: {
    denied: [403, 'AccessDeniedException'],
    throttled: [429, 'LimitExceededException'],
    failed: [500, 'InternalServerErrorException'],
  },
  DynamoDB: { ...amz, throttled: [400, 'ProvisionedThroughputExceededException'] },
  'DynamoDB Streams': amz,
  S3: { denied: [403, 'AccessDenied'], throttled: [503, 'SlowDown'], failed: [500, 'InternalError'] },
  SSM: amz,
  SNS: { denied: [403, 'AuthorizationError'], throttled: [400, 'Throttled'], failed: [500, 'InternalError'] },
  SQS: {
    denied: [403, 'AccessDeniedException'],
    throttled: [400, 'ThrottlingException'],
    failed: [500, 'InternalFailure'],
  },
};

export const refusalOf = (service: AwsService, kind: Kind, message: string): CallRefusal => {
  const [status, code] = codes[service][kind];
  return { status, code, message };
};
