/** CloudWatch's metrics of what a service has, each under the names that its AWS service documents. */
const metric = (Namespace, Dimensions) => (MetricName, Stat) => ({ Namespace, MetricName, Dimensions, Stat });

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
const ofFunction = ({ id }) => metric('AWS/Lambda', { FunctionName: { Ref: id } });

/** Our own: packages/observability/src/metrics.ts. */
const ofOperation = ({ metricsName }, operation) => metric('Groundwork', { service: metricsName, operation });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html: a table's leave its indexes out. */
const ofTable = ({ id }, GlobalSecondaryIndexName) =>
  metric('AWS/DynamoDB', { TableName: { Ref: id }, ...(GlobalSecondaryIndexName && { GlobalSecondaryIndexName }) });

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const ofQueue = (id) => metric('AWS/SQS', { QueueName: { 'Fn::GetAtt': [id, 'QueueName'] } });

const apis = {
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
  websocket: ({ stage }) => ({ of: metric('AWS/ApiGateway', { ApiId: { Ref: 'WebsocketsApi' }, Stage: stage }) }),
};

/** The metrics of the API that a service's events of one kind make. */
const ofApi = (service, kind) => apis[kind](service);

module.exports = { ofApi, ofFunction, ofOperation, ofQueue, ofTable };
