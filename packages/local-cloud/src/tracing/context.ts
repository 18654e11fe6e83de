import { randomUUID } from 'node:crypto';

/** A span, as what it causes names it. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

/** Random, in hexadecimal: cut from UUIDs, which Node makes ahead and in bulk. Their fixed digits stand at places 12 and 16. */
const random = (): string => randomUUID().replaceAll('-', '');

export const newSpanId = (): string => random().slice(16);

/** Begins with the time, as X-Ray's do: its ids are these with dashes. */
export const newTraceId = (): string =>
  Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, '0') + random().slice(8);

/** Of a request's headers. */
type HeaderValue = string | readonly string[] | undefined;
const textOf = (header: HeaderValue): string => [header ?? ''].flat().join();

const xRay = /Root=1-([\da-f]{8})-([\da-f]{24})(?:;.*?Parent=([\da-f]{16}))?/;
const w3c = /^00-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}$/;

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export const toXRay = ({ traceId, spanId }: TraceContext): string =>
  `Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)};Parent=${spanId};Sampled=1`;

/** The context in an `X-Amzn-Trace-Id` or `AWSTraceHeader`; undefined where there is none with a parent. */
export const fromXRay = (header: HeaderValue): TraceContext | undefined => {
  const [, time, rest, spanId] = xRay.exec(textOf(header)) ?? [];
  return time === undefined || rest === undefined || spanId === undefined
    ? undefined
    : { traceId: time + rest, spanId };
};

/** The context in a `traceparent` (W3C Trace Context, 3.2). */
export const fromTraceparent = (header: HeaderValue): TraceContext | undefined => {
  const [, traceId, spanId] = w3c.exec(textOf(header)) ?? [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
};
