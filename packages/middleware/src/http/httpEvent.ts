import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

/** The events of REST APIs (payload 1.0) and HTTP APIs (2.0). */
export type HttpEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

export interface HttpResult {
  statusCode: number;
  headers: Record<string, string>;
  body?: string;
}

const isV2 = (event: HttpEvent): event is APIGatewayProxyEventV2 => 'version' in event && event.version === '2.0';

/** A header's values as one (RFC 9110, 5.3): a REST API's `headers` hold the last line only. */
const headersOf = (event: HttpEvent): [name: string, value: string | undefined][] =>
  isV2(event) || !event.multiValueHeaders
    ? Object.entries(event.headers ?? {})
    : Object.entries(event.multiValueHeaders).map(([name, values]) => [name, values?.join(', ')]);

/** Header names are case-insensitive (RFC 9110, 5.1); a REST API hands them over as they were sent. */
export const lowerCaseHeaders = (event: HttpEvent) => {
  event.headers = Object.fromEntries(headersOf(event).map(([name, value]) => [name.toLowerCase(), value]));
};

export const headerOf = (event: HttpEvent, name: string): string | undefined => event.headers[name.toLowerCase()];

export const methodOf = (event: HttpEvent) => (isV2(event) ? event.requestContext.http.method : event.httpMethod);

/** The path as it was sent, a stage in front of it included. */
export const sentPathOf = (event: HttpEvent) =>
  isV2(event) ? event.rawPath : (event.requestContext.path ?? event.path);

const withoutSlashesAtEnd = (path: string) => {
  let end = path.length; // not `/\/+$/`, which begins anew at each of many slashes
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
};

const segments = (path = '') => path.split('/').length;

/**
 * The base path of a custom domain, where an HTTP API's event leaves it out. AWS documents that `rawPath` has none, others
 * have seen it there: the route, which never has it, tells. A stage's variables say what it is (decision 0067).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const missingBasePath = (event: HttpEvent, path: string): string => {
  if (!isV2(event)) return '';
  const { domainName, basePath } = event.stageVariables ?? {};
  const isMapped = domainName !== undefined && event.requestContext.domainName === domainName;
  const [, route] = event.routeKey.split(' ');
  return isMapped && segments(path) === segments(route) ? `/${basePath}` : '';
};

/** The path as the caller sees it, without slashes at its end: what links lead on from. */
export const pathOf = (event: HttpEvent) => {
  const path = withoutSlashesAtEnd(sentPathOf(event));
  return missingBasePath(event, path) + path;
};

/** What stands in front of an operation's own path: a stage, a custom domain's base path, or nothing. */
export const basePathOf = (event: HttpEvent, operationPath: string) =>
  pathOf(event).split('/').slice(0, -operationPath.split('/').slice(1).length).join('/');

/** The query's parameters with all their values. Payload 2.0 joins repeated ones with commas: only the raw string tells. */
export const queryOf = (event: HttpEvent): ReadonlyMap<string, readonly string[]> => {
  const query = new Map<string, string[]>();
  const pairs = isV2(event)
    ? new URLSearchParams(event.rawQueryString)
    : Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values]) =>
        (values ?? []).map((value) => [name, value] as const),
      );
  for (const [name, value] of pairs) {
    const values = query.get(name);
    if (values) values.push(value);
    else query.set(name, [value]);
  }
  return query;
};

/** The length of the body in bytes, as it was sent. */
export const bodyBytes = ({ body, isBase64Encoded }: HttpEvent) =>
  body ? Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') : 0;
