import type { TraceContext } from './context.ts';

/** Why a function is run: `faas.trigger` of OpenTelemetry's conventions, and the spans that led to it. */
export interface Cause {
  readonly trigger: 'http' | 'pubsub' | 'datasource' | 'timer' | 'other';
  /** The span that this invocation is part of; without one, a trace begins. */
  readonly parent?: TraceContext | undefined;
  /** Of a batch: the spans that led to its other records. */
  readonly links?: readonly TraceContext[];
  /** What it came from, as people say it: `POST /notes`, a queue's name. */
  readonly source?: string | undefined;
}

/** Of Lambda's Invoke, and of whoever says nothing. */
export const unsaid: Cause = { trigger: 'other' };

/** The cause of a batch: what led to its first record is its parent, the others are links. */
export const causeOfBatch = (
  trigger: Cause['trigger'],
  source: string,
  contexts: readonly (TraceContext | undefined)[],
): Cause => {
  const [parent, ...links] = contexts.filter((each) => each !== undefined);
  return { trigger, source, parent, links };
};
