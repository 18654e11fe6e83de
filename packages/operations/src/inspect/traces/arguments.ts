import { parseArgs } from 'node:util';
import { asUsage } from '@app/command-line/command';
import { UsageFailure } from '@app/command-line/failure';
import { gatewayOf } from '../gateway.ts';

export const usage = `pnpm traces                    the newest traces, the newest last; ! marks those in which something failed
pnpm traces --follow           requests, invocations and calls of tools, as they end
pnpm traces show <id>          one trace as a tree, by the id of a request, an invocation, a message or the trace
  --service <name>             of this service
  --operation <name>           with this call or route: PutItem
  --function <service>:<name>  with this function: items:createItem
  --status <status>            404, 5xx, or error
  --min-duration <ms>          at least as long
  --id <id>                    with this id
  --text <text>                with this text in one of its spans
  --limit <number>             how many, 50 without it
  --json                       JSON; with --follow one object a line
  --gateway <url>              of another local cloud than the one of LOCAL_PORT_BASE, or http://127.0.0.1:3000`;

/** Each option with the query parameter that it stands for. */
export const filterOptions = {
  service: 'service',
  operation: 'operation',
  function: 'function',
  status: 'status',
  'min-duration': 'minDuration',
  id: 'id',
  text: 'text',
  limit: 'limit',
} as const;
type FilterOption = keyof typeof filterOptions;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const filters = Object.fromEntries(Object.keys(filterOptions).map((name) => [name, text])) as Record<
  FilterOption,
  typeof text
>;

export type TracesArguments = { readonly gateway: string; readonly isJson: boolean } & (
  | { readonly action: 'list' | 'follow'; readonly query: string }
  | { readonly action: 'show'; readonly id: string }
);

const queryOf = (values: Partial<Record<FilterOption, string>>) => {
  const query = new URLSearchParams();
  for (const [option, parameter] of Object.entries(filterOptions)) {
    const value = values[option as FilterOption];
    if (value !== undefined) query.set(parameter, value);
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
};

/** Throws a `UsageFailure` where the words are not as the usage has them. */
export const readArguments = (args: string[], env: NodeJS.ProcessEnv): TracesArguments => {
  const options = { ...filters, gateway: text, json: flag, follow: flag };
  const { positionals, values } = asUsage(() => parseArgs({ args, allowPositionals: true, options }));
  const [action, id, ...more] = positionals;
  const query = queryOf(values);
  const shared = { gateway: gatewayOf(values.gateway, env), isJson: values.json };
  if (action === undefined) {
    if (values.follow && values.limit !== undefined) throw new UsageFailure('--limit is of the list, not of --follow.');
    return { ...shared, action: values.follow ? 'follow' : 'list', query };
  }
  if (action !== 'show') throw new UsageFailure(`There is no "pnpm traces ${action}".`);
  if (!id || more.length > 0) throw new UsageFailure('pnpm traces show takes one id.');
  if (values.follow || query !== '') throw new UsageFailure('pnpm traces show takes no filters, and no --follow.');
  return { ...shared, action, id };
};
