import type { Attributes, Span } from './span.ts';

/** A trace in a line: what lists show and filters look at. */
export interface Summary {
  readonly traceId: string;
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** When the last of its spans ended. */
  readonly end: number;
  /** Of the span that the trace begins with. */
  readonly name: string;
  readonly kind: Span['kind'];
  readonly service: string;
  /** An HTTP status, where it has one. */
  readonly status: number | undefined;
  /** Milliseconds, of that span. */
  readonly duration: number;
  /** Whether a request or an invocation failed; a call that fails may be tried again, or be meant. */
  readonly failed: boolean;
  /** The response's `X-Request-Id`. */
  readonly requestId: string | undefined;
  readonly spans: number;
  readonly services: readonly string[];
  /** Operations of AWS services, and routes. */
  readonly operations: readonly string[];
  /** Functions: `notes:createNote`. */
  readonly functions: readonly string[];
  /** What the trace is found by besides its own id. */
  readonly ids: readonly string[];
}

const most = 200; // of each list

const numberIn = (value: Attributes[string]) => (typeof value === 'number' ? value : undefined);
const textIn = (value: Attributes[string]) => (typeof value === 'string' ? value : undefined);

const idNames = [
  'local.request_id',
  'faas.invocation_id',
  'messaging.message.id',
  'aws.request_id',
  'local.connection_id',
] as const;

const added = (list: readonly string[], ...values: (string | undefined)[]): readonly string[] => {
  const fresh = values.filter((value) => value !== undefined && !list.includes(value)) as string[];
  return fresh.length === 0 || list.length >= most ? list : [...list, ...fresh];
};

const rootOf = ({ name, kind, service, duration, attributes }: Span) => ({
  name,
  kind,
  service,
  duration,
  status: numberIn(attributes['http.response.status_code']),
  requestId: textIn(attributes['local.request_id']),
});

export const summaryOf = (span: Span): Summary => ({
  traceId: span.traceId,
  start: span.start,
  end: span.start + span.duration,
  ...rootOf(span),
  failed: false,
  spans: 0,
  services: [],
  operations: [],
  functions: [],
  ids: [],
});

/** The summary with a span more. Spans come as they end: the one that the trace begins with is the one that began first. */
export const withSpan = (summary: Summary, span: Span): Summary => {
  const { attributes, service } = span;
  const isFirst = span.start <= summary.start || (span.kind === 'server' && span.parentSpanId === undefined);
  return {
    ...summary,
    ...(isFirst && { ...rootOf(span), start: Math.min(span.start, summary.start) }),
    end: Math.max(summary.end, span.start + span.duration),
    failed: summary.failed || (span.status === 'error' && attributes['rpc.system'] === undefined),
    spans: summary.spans + 1,
    services: added(summary.services, service),
    operations: added(summary.operations, textIn(attributes['rpc.method']), textIn(attributes['http.route'])),
    functions: added(summary.functions, attributes['faas.invocation_id'] === undefined ? undefined : span.name),
    ids: added(summary.ids, ...idNames.map((name) => textIn(attributes[name]))),
  };
};
