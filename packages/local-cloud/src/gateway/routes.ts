import type { Serverless } from '../framework/types.ts';

const pathOf = (route: string | { path?: string | undefined; routeKey?: string | undefined }) => {
  if (typeof route !== 'string') return route.path ?? route.routeKey?.split(' ')[1];
  return route.split(' ')[1];
};

/** The segments of a path before its first parameter: `/notes/{id}` is under `/notes`. */
const literalPrefix = (path: string) => {
  const segments = path.split('/').filter(Boolean);
  const parameter = segments.findIndex((segment) => segment.startsWith('{') || segment.includes('*'));
  return `/${segments.slice(0, parameter === -1 ? segments.length : parameter).join('/')}`;
};

const firstSegment = (path: string) => path.split('/')[1];

/** The path prefixes that belong to a service, from its functions' http and httpApi events; catch-alls claim none. */
export const prefixesOf = ({ service: { functions } }: Pick<Serverless, 'service'>): string[] => {
  const routes = Object.values(functions)
    .flatMap(({ events = [] }) => events)
    .flatMap(({ http, httpApi }) => [http, httpApi]);
  const prefixes = routes
    .flatMap((route) => (route ? [pathOf(route)] : []))
    .flatMap((path) => (path ? [literalPrefix(path)] : []));
  const all = new Set(prefixes.filter((prefix) => prefix !== '/'));
  return [...all].filter((prefix) => ![...all].some((other) => prefix.startsWith(`${other}/`))).toSorted();
};

export const hasWebsocket = ({ service: { functions } }: Pick<Serverless, 'service'>): boolean =>
  Object.values(functions).some(({ events = [] }) => events.some(({ websocket }) => websocket));

/** Throws when two services claim one prefix: the gateway could not tell whom to ask. */
export const assertDisjoint = (claims: ReadonlyMap<string, readonly string[]>) => {
  const owners = new Map<string, string>();
  for (const [name, prefixes] of claims) {
    for (const prefix of prefixes) {
      const other = owners.get(prefix);
      if (other) throw new Error(`${name} and ${other} both have routes under ${prefix}.`);
      owners.set(prefix, name);
    }
  }
};

/**
 * The service whose prefix is the longest that the path is under, else the only one with routes under its first segment:
 * what is unknown there is for that service to say.
 */
export const ownerOf = (claims: ReadonlyMap<string, readonly string[]>, path: string): string | undefined => {
  const isUnder = (prefix: string) => path === prefix || path.startsWith(`${prefix}/`);
  const found = [...claims].flatMap(([name, prefixes]) => prefixes.filter(isUnder).map((prefix) => ({ name, prefix })));
  const nearest = found.toSorted((a, b) => b.prefix.length - a.prefix.length)[0];
  if (nearest) return nearest.name;
  const segment = firstSegment(path);
  const [only, ...others] = [...claims].filter(([, prefixes]) =>
    prefixes.some((prefix) => firstSegment(prefix) === segment),
  );
  return others.length === 0 ? only?.[0] : undefined;
};
