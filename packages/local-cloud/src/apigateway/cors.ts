import type { FunctionEvent, HttpApiCors, RestCors, RestEvent } from '../framework/types.ts';

/** Which origins may read, and what a preflight promises them. */
export interface CorsPolicy {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAge?: number | undefined;
  readonly credentials?: boolean | undefined;
}

const methodsOfApis = ['OPTIONS', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH'];
const headersOfApis = [
  'Content-Type',
  'X-Amz-Date',
  'Authorization',
  'X-Api-Key',
  'X-Amz-Security-Token',
  'X-Amz-User-Agent',
  'X-Amzn-Trace-Id',
];

/** The policy of `provider.httpApi.cors`, with the framework's defaults for `true`. */
export const httpApiPolicy = (cors: boolean | HttpApiCors | undefined): CorsPolicy | undefined => {
  if (!cors) return undefined;
  const given: HttpApiCors = cors === true ? {} : cors;
  return {
    origins: given.allowedOrigins ?? ['*'],
    methods: given.allowedMethods ?? methodsOfApis,
    headers: given.allowedHeaders ?? headersOfApis,
    exposed: given.exposedResponseHeaders ?? [],
    maxAge: given.maxAge,
    credentials: given.allowCredentials,
  };
};

const restPolicy = (cors: true | RestCors, methods: readonly string[]): CorsPolicy => {
  const given: RestCors = cors === true ? {} : cors;
  const { origins = given.origin?.split(',').map((origin) => origin.trim()) ?? ['*'] } = given;
  const { headers = headersOfApis, maxAge, allowCredentials: credentials } = given;
  return { origins, methods: given.methods ?? methods, headers, exposed: [], maxAge, credentials };
};

const matches = (template: string, path: string) => {
  const [wanted, given] = [template, path].map((text) => text.split('/').filter(Boolean));
  if (!wanted || !given) return false;
  const greedy = wanted.at(-1)?.endsWith('+}') ?? false;
  if (greedy ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((segment, index) => segment.startsWith('{') || segment === given[index]);
};

/** The policy that a REST API's mocked OPTIONS method answers a path's preflights with: that of the path's own events. */
export const restPreflightPolicy = (events: readonly FunctionEvent[], path: string): CorsPolicy | undefined => {
  const onPath = events
    .map(({ http }) => http)
    .filter((http): http is RestEvent => typeof http === 'object' && matches(http.path, path));
  const cors = onPath.map((event) => event.cors).find(Boolean);
  return cors ? restPolicy(cors, ['OPTIONS', ...onPath.map(({ method }) => method.toUpperCase())]) : undefined;
};

const allowedOrigin = ({ origins }: CorsPolicy, origin: string) =>
  origins.includes('*') ? '*' : origins.find((allowed) => allowed === origin);

const originHeaders = (policy: CorsPolicy, allowed: string): Record<string, string> => ({
  'access-control-allow-origin': allowed,
  ...(policy.credentials && { 'access-control-allow-credentials': 'true' }),
});

/** What an answer to a request from `origin` carries: nothing when it is not on the list. */
export const responseHeaders = (policy: CorsPolicy, origin: string): Record<string, string> => {
  const allowed = allowedOrigin(policy, origin);
  if (!allowed) return {};
  const exposed = policy.exposed.join(',');
  return { ...originHeaders(policy, allowed), ...(exposed && { 'access-control-expose-headers': exposed }) };
};

/** What the answer to a preflight from `origin` carries: nothing when it is not on the list. */
export const preflightHeaders = (policy: CorsPolicy, origin: string): Record<string, string> => {
  const allowed = allowedOrigin(policy, origin);
  if (!allowed) return {};
  return {
    ...responseHeaders(policy, origin),
    'access-control-allow-methods': policy.methods.join(','),
    'access-control-allow-headers': policy.headers.join(','),
    ...(policy.maxAge !== undefined && { 'access-control-max-age': String(policy.maxAge) }),
  };
};
