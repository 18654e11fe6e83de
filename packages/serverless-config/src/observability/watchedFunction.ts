import type { DeclaredEvent, DeclaredFunction, Destinations } from '../framework.ts';
import { upperFirst } from '../upperFirst.ts';
import { declaredBy, intervalOf, isApiKind, kindOf } from './events.ts';
import { targetOf } from './targetOf.ts';

export interface WatchedFunction {
  /** In `functions`. */
  readonly key: string;
  /** The key as it stands in logical ids. */
  readonly name: string;
  /** The logical id. */
  readonly id: string;
  /** Seconds. */
  readonly timeout: number;
  /** Of its events. */
  readonly kinds: readonly string[];
  /** What its metrics call the requests that it serves. */
  readonly operations: readonly string[];
  /** Seconds between two runs on a schedule, if it has a rate. */
  readonly interval: number | undefined;
  readonly isBehindGateway: boolean;
  readonly isAsync: boolean;
  /** Logical ids. */
  readonly failureDestinations: readonly (string | undefined)[];
}

const polledEvents = new Set(['sqs', 'stream']);

/** As osls writes functions' keys into logical ids, which are alphanumeric (lib/plugins/aws/lib/naming.js). */
const alphanumeric = (key: string) => key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
const logicalIdOf = (name: string) => `${upperFirst(name)}LambdaFunction`;

/** What packages/observability calls the requests of a function: its key, or the WebSocket route that it serves. */
const operationsOf = (key: string, events: readonly DeclaredEvent[]) => {
  const routes = declaredBy<string | { route: string }>(events, 'websocket').map((socket) =>
    typeof socket === 'string' ? socket : socket.route,
  );
  const isHttp = events.some((event) => ['http', 'httpApi'].includes(kindOf(event)));
  return [...(isHttp ? [key] : []), ...routes.map((route) => `socket.${route.replace('$', '')}`)];
};

/** Resources that events are put aside in when a function has failed at them for good. */
const failureDestinationsOf = (destinations: Destinations | undefined, events: readonly DeclaredEvent[]) => {
  const streams = declaredBy<{ destinations?: Destinations }>(events, 'stream');
  return [destinations, ...streams.map((stream) => stream.destinations)].flatMap((each) => {
    const onFailure = each?.onFailure as { readonly arn?: unknown } | string | undefined;
    if (!onFailure) return [];
    return [targetOf((typeof onFailure === 'object' && onFailure.arn) || onFailure)];
  });
};

/** A function as it is declared; `defaultTimeout` is that of functions which name none, in seconds. */
export const functionOf = (
  key: string,
  { events: declared, timeout, destinations }: DeclaredFunction,
  defaultTimeout: number,
): WatchedFunction => {
  const events = declared ?? [];
  const kinds = events.map(kindOf);
  const isBehindGateway = kinds.some(isApiKind);
  return {
    key,
    name: alphanumeric(key),
    id: logicalIdOf(alphanumeric(key)),
    timeout: timeout ?? defaultTimeout,
    kinds,
    operations: operationsOf(key, events),
    interval: intervalOf(events),
    isBehindGateway,
    isAsync: !isBehindGateway && !kinds.some((kind) => polledEvents.has(kind)),
    failureDestinations: failureDestinationsOf(destinations, events),
  };
};
