import { randomUUID } from 'node:crypto';

/** What one request is followed by, through every function and queue that it passes. */
export interface Trace {
  /** Ours: of an HTTP exchange, on its response and log line; of a command, in its messages and their log lines. */
  readonly requestId: string;
  /** W3C Trace Context, 3.2: of the caller's trace, or of one that begins here; the parent is this function's own span. */
  readonly traceparent: string;
}

const valid = /^00-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})$/;

/** Random, in hexadecimal: cut from UUIDs, which Node makes ahead and in bulk (randomBytes costs 2 µs a call). */
const random = (bytes: 8 | 16) =>
  randomUUID()
    .replaceAll('-', '')
    .slice(0, bytes * 2);

/** A span of its own in the trace that a `traceparent` names; in a new trace where there is none that can be read. */
export const continueTrace = (traceparent: string | undefined): string => {
  const [, traceId = random(16), flags = '00'] = valid.exec(traceparent ?? '') ?? [];
  return `00-${traceId}-${random(8)}-${flags}`;
};

export const startTrace = (traceparent: string | undefined, requestId: string = randomUUID()): Trace => ({
  requestId,
  traceparent: continueTrace(traceparent),
});

export const traceIdOf = ({ traceparent }: Trace): string => traceparent.slice(3, 35);
