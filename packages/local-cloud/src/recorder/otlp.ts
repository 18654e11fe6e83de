import type { TraceContext } from '../tracing/context.ts';
import type { Attributes, Span, SpanEvent, SpanKind } from './span.ts';

const kinds: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const statusCodes: Readonly<Record<Span['status'], number>> = { unset: 0, error: 2 };

/** Exact to the microsecond, which is as far as a double reaches in our days. */
const nanoseconds = (milliseconds: number): string => String(BigInt(Math.round(milliseconds * 1000)) * 1000n);

/** Bodies are cut anywhere, also within a character: protobuf takes whole ones only. */
const text = (value: string): string => value.toWellFormed();

const numberValue = (value: number) => {
  if (Number.isSafeInteger(value)) return { intValue: String(value) };
  return { doubleValue: Number.isFinite(value) ? value : String(value) };
};

const anyValue = (value: NonNullable<Attributes[string]>) => {
  if (typeof value === 'string') return { stringValue: text(value) };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') return numberValue(value);
  return { arrayValue: { values: value.map((each) => ({ stringValue: text(each) })) } };
};

const keyValues = (attributes: Attributes) =>
  Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: anyValue(value) }]));

const toEvent = ({ time, name, attributes }: SpanEvent) => ({
  timeUnixNano: nanoseconds(time),
  name: text(name),
  attributes: keyValues(attributes),
});

const toLink = ({ traceId, spanId }: TraceContext) => ({ traceId, spanId });

const toSpan = ({ traceId, spanId, parentSpanId, name, kind, status, statusMessage, ...span }: Span) => ({
  traceId,
  spanId,
  ...(parentSpanId !== undefined && { parentSpanId }),
  name: text(name),
  kind: kinds[kind],
  startTimeUnixNano: nanoseconds(span.start),
  endTimeUnixNano: nanoseconds(span.start + span.duration),
  attributes: keyValues(span.attributes),
  ...(span.events && { events: span.events.map(toEvent) }),
  ...(span.links && { links: span.links.map(toLink) }),
  status: { code: statusCodes[status], ...(statusMessage !== undefined && { message: text(statusMessage) }) },
});

const toResource = (service: string) => ({
  attributes: keyValues({
    'service.name': service,
    'service.namespace': 'groundwork',
    'deployment.environment.name': 'local',
  }),
});

const scope = { name: 'groundwork.local-cloud' };

/**
 * An ExportTraceServiceRequest in OTLP's JSON: ids in hexadecimal, enums as numbers, 64-bit integers as text.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export const toExportRequest = (spans: readonly Span[]) => ({
  resourceSpans: [...Map.groupBy(spans, ({ service }) => service)].map(([service, own]) => ({
    resource: toResource(service),
    scopeSpans: [{ scope, spans: own.map(toSpan) }],
  })),
});
