import type { TraceContext } from '../tracing/context.ts';

type Value = string | number | boolean | readonly string[];
export type Attributes = Readonly<Record<string, Value | undefined>>;

/** Something that happened at a time within a span: a log line. */
export interface SpanEvent {
  /** Milliseconds since the epoch, with fractions. */
  readonly time: number;
  readonly name: string;
  readonly attributes: Attributes;
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/**
 * A span of OpenTelemetry's data model, its attributes named by the semantic conventions.
 * https://opentelemetry.io/docs/specs/otel/trace/api/#span
 */
export interface Span extends TraceContext {
  readonly parentSpanId?: string | undefined;
  readonly links?: readonly TraceContext[];
  readonly name: string;
  readonly kind: SpanKind;
  /** Milliseconds since the epoch, with fractions. */
  readonly start: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly status: 'unset' | 'error';
  readonly statusMessage?: string | undefined;
  /** `service.name` of whose span it is: a service of the workspace, an AWS service, or a tool. */
  readonly service: string;
  readonly attributes: Attributes;
  readonly events?: readonly SpanEvent[];
}

/** Milliseconds since the epoch, with fractions that `Date.now` lacks. */
export const now = (): number => performance.timeOrigin + performance.now();
