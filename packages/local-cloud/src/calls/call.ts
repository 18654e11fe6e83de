import type { IncomingHttpHeaders } from 'node:http';

/** What a call of AWS needs: an action on a resource. https://docs.aws.amazon.com/service-authorization/latest/reference */
export interface Need {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  readonly arn: string;
}

export type AwsService = 'DynamoDB' | 'DynamoDB Streams' | 'SQS' | 'SNS' | 'S3' | 'SSM' | 'ApiGatewayManagementApi';

/** A call of AWS as the place that answers it has read it. */
export interface AwsCall {
  readonly service: AwsService;
  /** `PutItem`. */
  readonly operation: string;
  readonly needs: readonly Need[];
  readonly headers: IncomingHttpHeaders;
  /** Of the request, for what is signed in the query. */
  readonly url?: string | undefined;
  /** The names that people say: tables, a queue, a bucket, a connection. */
  readonly resources: readonly string[];
  /** What was asked, as text; never an upload. */
  readonly input?: string | undefined;
}

/** What came of a call. */
export interface CallOutcome {
  /** HTTP. */
  readonly status: number;
  /** The name of the error. */
  readonly error?: string | undefined;
  /** What was answered, as text; never a download. */
  readonly output?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** An error that a call is answered with instead of being carried out; each service words it in its own form. */
export interface CallRefusal {
  readonly status: number;
  /** `AccessDeniedException`. */
  readonly code: string;
  readonly message: string;
}
