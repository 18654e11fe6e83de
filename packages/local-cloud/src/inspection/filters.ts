import { setImmediate as turn } from 'node:timers/promises';
import type { HeldTrace } from '../recorder/ring.ts';
import type { Summary } from '../recorder/summary.ts';

/** What lists of traces can be narrowed to: query parameters, and options of `pnpm traces`. */
export const filterNames = [
  'service',
  'operation',
  'function',
  'status',
  'minDuration',
  'id',
  'text',
  'limit',
] as const;
type FilterName = (typeof filterNames)[number];
type Given = Readonly<Partial<Record<FilterName, string>>>;

export interface Filter {
  readonly matches: (summary: Summary) => boolean;
  /** In lower case: what some span of the trace must hold. */
  readonly text: string | undefined;
  readonly limit: number;
}

export interface Known {
  readonly services: readonly string[];
  /** `notes:createNote`. */
  readonly functions: readonly string[];
}

const mostListed = 1000;
const defaultLimit = 50;

const statusTest = (status: string): ((summary: Summary) => boolean) | undefined => {
  if (status === 'error') return ({ failed }) => failed;
  if (/^[1-5]xx$/.test(status)) return (summary) => Math.floor((summary.status ?? 0) / 100) === Number(status[0]);
  return /^\d{3}$/.test(status) ? (summary) => summary.status === Number(status) : undefined;
};

const isLimit = (text: string) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= mostListed;
const isNumber = (text: string) => /^\d{1,9}(?:\.\d+)?$/.test(text);
const oneOf = (name: string, value: string | undefined, among: readonly string[]) =>
  value === undefined || among.includes(value)
    ? []
    : [`${name} ${JSON.stringify(value)} is not there: there are ${among.join(', ')}`];

const problemsIn = (query: URLSearchParams, given: Given, { services, functions }: Known): string[] => {
  const unknown = [...query.keys()].filter((name) => !filterNames.includes(name as FilterName));
  return [
    ...unknown.map((name) => `${name} is no filter: there are ${filterNames.join(', ')}`),
    ...oneOf('service', given.service, services),
    ...oneOf('function', given.function, functions),
    ...(given.status !== undefined && !statusTest(given.status)
      ? [`status is ${JSON.stringify(given.status)}, and must be a status such as 404, a class such as 5xx, or error`]
      : []),
    ...(given.minDuration !== undefined && !isNumber(given.minDuration)
      ? [`minDuration is ${JSON.stringify(given.minDuration)}, and must be a number of milliseconds`]
      : []),
    ...(given.limit !== undefined && !isLimit(given.limit)
      ? [`limit is ${JSON.stringify(given.limit)}, and must be a whole number from 1 to ${mostListed}`]
      : []),
  ];
};

const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Reads the filters of a query. `problems` are what is wrong with them, each with the filter's name. */
export const readFilter = (query: URLSearchParams, known: Known): Filter | { readonly problems: string[] } => {
  const given: Given = Object.fromEntries(query);
  const problems = problemsIn(query, given, known);
  if (problems.length > 0) return { problems };
  const { service, operation, status, minDuration, id, text, limit } = given;
  const hasStatus = status === undefined ? () => true : (statusTest(status) ?? (() => false));
  return {
    matches: (summary) =>
      (service === undefined || summary.services.includes(service)) &&
      (operation === undefined || summary.operations.some((each) => sameText(each, operation))) &&
      (given.function === undefined || summary.functions.includes(given.function)) &&
      hasStatus(summary) &&
      (minDuration === undefined || summary.duration >= Number(minDuration)) &&
      (id === undefined || summary.traceId === id || summary.ids.includes(id)),
    text: text === undefined ? undefined : JSON.stringify(text).slice(1, -1).toLowerCase(), // as it stands in JSON
    limit: Number(limit ?? defaultLimit),
  };
};

const charactersATurn = 2 * 1024 * 1024;

/** The newest traces that a filter lets through. A long search gives way to calls that wait: it looks at a few MB a turn. */
export const search = async (traces: readonly HeldTrace[], { matches, text, limit }: Filter): Promise<Summary[]> => {
  const found: Summary[] = [];
  let looked = 0;
  for (const { summary, spans } of traces) {
    if (found.length >= limit) break;
    if (!matches(summary)) continue;
    let holds = text === undefined;
    for (const span of spans) {
      if (holds) break;
      holds = span.toLowerCase().includes(text ?? '');
      looked += span.length;
      if (looked > charactersATurn) {
        looked = 0;
        await turn();
      }
    }
    if (holds) found.push(summary);
  }
  return found;
};
