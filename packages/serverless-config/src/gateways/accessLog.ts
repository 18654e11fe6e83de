/**
 * What a gateway writes of each request. Every value is a text: API Gateway writes `-` for what is missing, which is no
 * number, and a line that is no JSON is found by no query. What a caller may write as it likes, such as its user agent, is left
 * out: nothing escapes a quote in it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const format = (variables: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, `$context.${variable}`])),
  );

const request = {
  requestId: 'requestId',
  requestTime: 'requestTime',
  sourceIp: 'identity.sourceIp',
  status: 'status',
  lambdaRequestId: 'integration.requestId',
  integrationStatus: 'integration.status',
  integrationLatencyMs: 'integration.latency',
  integrationError: 'integration.error',
};

const exchange = {
  ...request,
  method: 'httpMethod',
  path: 'path',
  responseBytes: 'responseLength',
  durationMs: 'responseLatency',
  error: 'error.responseType',
};

export const httpApiLog = format({ ...exchange, route: 'routeKey' });
export const restApiLog = format({ ...exchange, route: 'resourcePath', traceId: 'xrayTraceId' });
export const webSocketLog = format({
  ...request,
  route: 'routeKey',
  eventType: 'eventType',
  connectionId: 'connectionId',
  error: 'error.responseType',
});
