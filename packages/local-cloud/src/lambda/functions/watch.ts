import type { Cause } from '../../tracing/cause.ts';
import { newSpanId, newTraceId, type TraceContext } from '../../tracing/context.ts';
import type { FunctionDefinition } from './definition.ts';
import type { Measures, Outcome } from './outcome.ts';

/** An invocation that is about to begin. */
export interface Beginning {
  readonly definition: FunctionDefinition;
  /** Lambda's own: `faas.invocation_id`. */
  readonly requestId: string;
  readonly cause: Cause;
  /** JSON. */
  readonly event: string;
  /** Ends the invocation as a crash does. */
  readonly crash: () => void;
}

/** What is told of one invocation. */
export interface Watched {
  /** Its span: what the function calls names this as its parent. */
  readonly context: TraceContext;
  /** An environment has taken it on. */
  readonly begun: () => void;
  /** What the function printed. */
  readonly printed: (text: string) => void;
  /** Returns what the caller is to get: another outcome where a fault has its way. */
  readonly ended: (outcome: Outcome, measures: Measures) => Outcome;
}

/** Hears of every invocation. */
export type Watch = (beginning: Beginning) => Watched;

/** For functions that nobody watches: their calls have a trace all the same. */
export const unwatched: Watch = ({ cause }) => ({
  context: { traceId: cause.parent?.traceId ?? newTraceId(), spanId: newSpanId() },
  begun: () => {},
  printed: (text) => void process.stdout.write(text),
  ended: (outcome) => outcome,
});
