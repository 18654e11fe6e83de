import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** What matters to a test of a request; the rest is filled in as a gateway would. */
export interface TestRequest {
  readonly method?: string;
  readonly path?: string;
  readonly params?: Readonly<Record<string, string>>;
  /** As it stands in the URL, without the question mark. */
  readonly query?: string;
  /** Several values are several header lines. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A string is sent as it is, a Buffer as the bytes that it is, anything else as JSON. */
  readonly body?: unknown;
  /** The subject that an authorizer found. */
  readonly subject?: string;
}

const mediaTypes: Readonly<Record<string, string>> = { PATCH: 'application/merge-patch+json' };

const bytesOf = (body: unknown) =>
  Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));

const headersOf = ({ method = 'GET', headers, body }: TestRequest): [name: string, lines: string[]][] =>
  Object.entries({
    ...(body !== undefined && { 'content-type': mediaTypes[method] ?? 'application/json' }),
    ...headers,
  }).map(([name, lines]) => [name, [lines].flat()]);

/** An HTTP API's event (payload 2.0). A merge patch is base64-encoded, as API Gateway does to what it does not know as text, and so are bytes that are none. */
export const httpApiEvent = (request: TestRequest = {}): APIGatewayProxyEventV2 => {
  const { method = 'GET', path = '/', params, query = '', body, subject } = request;
  const headers = Object.fromEntries(headersOf(request).map(([name, lines]) => [name, lines.join(',')]));
  const isText = headers['content-type'] === 'application/json' && isUtf8(bytesOf(body));
  const isBase64Encoded = body !== undefined && !isText;
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: { http: { method, path }, ...(subject && { authorizer: { lambda: { subject } } }) },
    isBase64Encoded,
    ...(params && { pathParameters: params }),
    ...(body !== undefined && { body: bytesOf(body).toString(isBase64Encoded ? 'base64' : 'utf8') }),
  } as unknown as APIGatewayProxyEventV2;
};

const capitalised = (name: string) => name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** A REST API's event (payload 1.0), on the stage `dev`, with header names as a client would write them. */
export const restApiEvent = (request: TestRequest = {}): APIGatewayProxyEvent => {
  const { method = 'GET', path = '/', params, query = '', body, subject } = request;
  const search = new URLSearchParams(query);
  const names = [...new Set(search.keys())];
  const headers = headersOf(request).map(([name, lines]) => [capitalised(name), lines] as const);
  return {
    httpMethod: method,
    path,
    headers: Object.fromEntries(headers.map(([name, lines]) => [name, lines.at(-1)])),
    multiValueHeaders: Object.fromEntries(headers),
    multiValueQueryStringParameters:
      names.length > 0 ? Object.fromEntries(names.map((name) => [name, search.getAll(name)])) : null,
    pathParameters: params ?? null,
    requestContext: { path: `/dev${path}`, httpMethod: method, ...(subject && { authorizer: { subject } }) },
    body: body === undefined ? null : bytesOf(body).toString(Buffer.isBuffer(body) ? 'base64' : 'utf8'),
    isBase64Encoded: Buffer.isBuffer(body),
  } as unknown as APIGatewayProxyEvent;
};

export const lambdaContext = () =>
  ({ awsRequestId: 'test-invocation', getRemainingTimeInMillis: () => 10_000 }) as unknown as Context;
