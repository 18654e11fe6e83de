import { startTrace, type Trace } from '@app/observability';

/** By event: the one object that every hook and the handler of an invocation have in common. */
const traces = new WeakMap<object, Trace>();

/** The id is minted: an HTTP API's own is not unique everywhere, and a caller's cannot be believed. */
export const beginTrace = (event: object, traceparent: string | undefined): void => {
  traces.set(event, startTrace(traceparent));
};

/** The trace of the invocation that an event set off; the pipeline's first hook has begun it. */
export const traceOf = (event: object): Trace => {
  const trace = traces.get(event);
  if (!trace) throw new Error('No trace was begun for this event');
  return trace;
};
