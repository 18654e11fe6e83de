import type { Serverless } from '../../framework/types.ts';
import { decodeLeniently } from '../../http/target.ts';

export type ApiKind = 'http' | 'rest';

/** A route of an API, and the function behind it. */
export interface Route {
  readonly kind: ApiKind;
  /** `*` for any. */
  readonly method: string;
  /** As it is declared: `/notes/{id}`; `$default` for what no other route of an HTTP API takes. */
  readonly path: string;
  readonly functionName: string;
}

export interface Match {
  readonly route: Route;
  /** Decoded; undefined where the path has none. */
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

type Declared = string | { readonly path?: string; readonly method?: string; readonly routeKey?: string };

const routeOf = (kind: ApiKind, event: Declared, functionName: string): Route => {
  const { path, method, routeKey }: Exclude<Declared, string> = typeof event === 'string' ? { routeKey: event } : event;
  const [first = '*', second] = path === undefined ? (routeKey ?? '*').split(/\s+/) : [method ?? '*', path];
  const declared = second ?? (first === '*' ? '$default' : first);
  return {
    kind,
    method: second === undefined || /^any$/i.test(first) ? '*' : first.toUpperCase(),
    path: declared === '$default' || declared.startsWith('/') ? declared : `/${declared}`,
    functionName,
  };
};

/** The routes that a service's functions declare, those of HTTP APIs and of REST APIs. */
export const routesOf = ({ service: { functions } }: Pick<Serverless, 'service'>): Route[] =>
  Object.values(functions).flatMap(({ name = '', events = [] }) =>
    events.flatMap(({ http, httpApi }) => [
      ...(http ? [routeOf('rest', http, name)] : []),
      ...(httpApi ? [routeOf('http', httpApi, name)] : []),
    ]),
  );

const isParameter = (segment: string) => segment.startsWith('{');
const isGreedy = (segment: string) => segment.endsWith('+}');
const nameOf = (segment: string) => segment.replaceAll(/^\{|\+?\}$/g, '');

/** An HTTP API tells `/notes/` from `/notes`; a REST API takes the one for the other. */
const segmentsOf = (path: string, kind: ApiKind) => {
  const segments = path.slice(1).split('/');
  if (kind === 'rest' && segments.length > 1 && segments.at(-1) === '') segments.pop();
  return segments;
};

const parametersOf = (wanted: readonly string[], given: readonly string[]) => {
  const entries: [string, string][] = [];
  for (const [place, segment] of wanted.entries()) {
    const found = given[place];
    if (found === undefined || (isParameter(segment) && found === '')) return undefined;
    if (isGreedy(segment)) return Object.fromEntries([...entries, [nameOf(segment), given.slice(place).join('/')]]);
    if (isParameter(segment)) entries.push([nameOf(segment), found]);
    else if (segment !== found) return undefined;
  }
  return wanted.length === given.length ? Object.fromEntries(entries) : undefined;
};

/** A literal segment goes before a parameter, and that before a greedy one; a method that is named before any. */
const rank = ({ method, path }: Route) =>
  `${path
    .split('/')
    .map((segment) => (isGreedy(segment) ? '2' : isParameter(segment) ? '1' : '0'))
    .join('')}${method === '*' ? '1' : '0'}`;

/**
 * Finds the route for a request as API Gateway does: the most specific whose path and method fit, else the `$default`
 * of an HTTP API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export const createRouter = (routes: readonly Route[]) => {
  const fallback = routes.find(({ path }) => path === '$default');
  const declared = routes
    .filter((route) => route !== fallback)
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
    .map((route) => ({ route, wanted: route.path.slice(1).split('/') }));
  return (method: string, path: string): Match | undefined => {
    for (const { route, wanted } of declared) {
      if (route.method !== '*' && route.method !== method) continue;
      const found = parametersOf(wanted, segmentsOf(path, route.kind));
      if (!found) continue;
      const decoded = Object.entries(found).map(([name, value]) => [name, decodeLeniently(value)]);
      return { route, parameters: decoded.length > 0 ? Object.fromEntries(decoded) : undefined };
    }
    return fallback && { route: fallback, parameters: undefined };
  };
};
