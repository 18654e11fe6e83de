import { randomUUID } from 'node:crypto';
import { startTrace, type Trace } from '@app/observability';

/** By event: the one object that every hook and the handler of an invocation have in common. */
const exchanges = new WeakMap<object, Trace>();
const commands = new WeakMap<object, Trace>();

/** The id is minted: an HTTP API's own is not unique everywhere, and a caller's cannot be believed. */
export const beginTrace = (event: object, traceparent: string | undefined): void => {
  exchanges.set(event, startTrace(traceparent));
};

/** The trace of the exchange that an event set off; the pipeline's first hook has begun it. */
export const traceOf = (event: object): Trace => {
  const trace = exchanges.get(event);
  if (!trace) throw new Error('No trace was begun for this event');
  return trace;
};

/**
 * The trace of the command that an exchange asks for: the same, but under the command's own id. Every exchange that
 * repeats it under an Idempotency-Key leads to that id, and has another of its own (decision 0012).
 */
export const beginCommand = (event: object, requestId: string = randomUUID()): Trace => {
  const command = { ...traceOf(event), requestId };
  commands.set(event, command);
  return command;
};

/** The trace of the command, in an exchange that got as far as to ask for one. */
export const commandOf = (event: object): Trace | undefined => commands.get(event);
