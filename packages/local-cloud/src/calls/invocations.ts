import type { TraceContext } from '../tracing/context.ts';

/** An invocation that calls are made from. */
export interface Invocation {
  readonly functionName: string;
  readonly context: TraceContext;
  /** How many calls it has made. */
  calls: number;
  /** Ends it as a crash does. */
  readonly end: () => void;
}

/** Those that have ended, whose last calls may still be on their way. */
const mostEnded = 5000;

/** The invocations that run, by the span that their calls name as their parent. */
export const createInvocations = () => {
  const running = new Map<string, Invocation>();
  const ended = new Map<string, Invocation>();
  return {
    begin: (invocation: Invocation): void => void running.set(invocation.context.spanId, invocation),
    end: ({ context: { spanId } }: Invocation): void => {
      const invocation = running.get(spanId);
      running.delete(spanId);
      if (!invocation) return;
      ended.set(spanId, invocation);
      const [oldest] = ended.keys();
      if (ended.size > mostEnded && oldest !== undefined) ended.delete(oldest);
    },
    find: (spanId: string): Invocation | undefined => running.get(spanId) ?? ended.get(spanId),
  };
};

export type Invocations = ReturnType<typeof createInvocations>;
