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

const tracingHeader = /Root=1-([\da-f]{8})-([\da-f]{24})/;

/** Lambda's own trace of this invocation (X-Ray), whose id is a W3C trace id with dashes. */
const ofInvocation = () => {
  const [, time, rest] = tracingHeader.exec(process.env['_X_AMZN_TRACE_ID'] ?? '') ?? [];
  return time !== undefined && rest !== undefined ? time + rest : undefined;
};

/** A span of its own in the trace that a `traceparent` names; else in the invocation's, or in a new one. */
export const continueTrace = (traceparent: string | undefined): string => {
  const [, named, flags = '00'] = valid.exec(traceparent ?? '') ?? [];
  const traceId = named ?? ofInvocation() ?? random(16);
  return `00-${traceId}-${random(8)}-${flags}`;
};

export const startTrace = (traceparent: string | undefined, requestId: string = randomUUID()): Trace => ({
  requestId,
  traceparent: continueTrace(traceparent),
});

export const traceIdOf = ({ traceparent }: Trace): string => traceparent.slice(3, 35);
