/** CloudWatch's metrics of what a service has, each under the names that its AWS service documents. */
import { namespace } from '@app/observability/namespace';
import type { ApiKind } from './events.ts';
import type { WatchedService, WatchedTable } from './service.ts';
import type { WatchedFunction } from './watchedFunction.ts';

/** A text, or what CloudFormation makes one of. */
export type DimensionValue = string | { readonly Ref: string } | { readonly 'Fn::GetAtt': readonly [string, string] };

export interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: Readonly<Record<string, DimensionValue>>;
  /** `Sum`, `Maximum`, `p95`. */
  readonly Stat: string;
}

const metric =
  (Namespace: string, Dimensions: Metric['Dimensions']) =>
  (MetricName: string, Stat: string): Metric => ({ Namespace, MetricName, Dimensions, Stat });

/** The metrics of an API, and the names of two of them. */
export interface ApiMetrics {
  readonly of: (name: string, stat: string) => Metric;
  readonly clientErrors: string;
  readonly serverErrors: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const ofFunction = ({ id }: WatchedFunction) => metric('AWS/Lambda', { FunctionName: { Ref: id } });

/** Our own: packages/observability/src/metrics.ts. */
export const ofOperation = ({ metricsName }: WatchedService, operation: string) =>
  metric(namespace, { service: metricsName, operation });

/** Our own of all its operations together. */
export const ofService = ({ metricsName }: WatchedService) => metric(namespace, { service: metricsName });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html: a table's leave its indexes out. */
export const ofTable = ({ id }: WatchedTable, GlobalSecondaryIndexName?: string) =>
  metric('AWS/DynamoDB', { TableName: { Ref: id }, ...(GlobalSecondaryIndexName && { GlobalSecondaryIndexName }) });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const ofQueue = (id: string) => metric('AWS/SQS', { QueueName: { 'Fn::GetAtt': [id, 'QueueName'] } });

const apis: Readonly<Record<ApiKind, (service: WatchedService) => ApiMetrics>> = {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
  http: ({ name, stage }) => ({
    of: metric('AWS/ApiGateway', { ApiName: `${name}-${stage}`, Stage: stage }),
    clientErrors: '4XXError',
    serverErrors: '5XXError',
  }),
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
  httpApi: () => ({
    of: metric('AWS/ApiGateway', { ApiId: { Ref: 'HttpApi' }, Stage: '$default' }),
    clientErrors: '4xx',
    serverErrors: '5xx',
  }),
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html */
  websocket: ({ stage }) => ({
    of: metric('AWS/ApiGateway', { ApiId: { Ref: 'WebsocketsApi' }, Stage: stage }),
    clientErrors: 'ClientError',
    serverErrors: 'ExecutionError',
  }),
};

/** The metrics of the API that a service's events of one kind make. */
export const ofApi = (service: WatchedService, kind: ApiKind) => apis[kind](service);
