import { AsyncLocalStorage } from 'node:async_hooks';
import { startTrace, type Trace, traceIdOf } from './trace.ts';

/** One piece of work of an invocation, such as a request, a message or a change of a row, while it is under way. */
export interface Work {
  readonly trace: Trace;
  /** What every line that is written meanwhile has, whoever writes it. */
  readonly ids: Record<string, string>;
  /** What the work's own line says at its end. */
  readonly line: Record<string, unknown>;
  /** DynamoDB's capacity units that were consumed for it. */
  readonly capacity: { read: number; write: number };
}

const storage = new AsyncLocalStorage<Work>();

/** The work that runs now; undefined outside of any. */
export const currentWork = (): Work | undefined => storage.getStore();

/** Runs something as a piece of work: `currentWork` is that for whatever it does or awaits. */
export const runWork = <T>(work: Work, run: () => T): T => storage.run(work, run);

/** The trace of the work that runs now; a new one outside of any. */
export const currentTrace = (): Trace => currentWork()?.trace ?? startTrace(undefined);

interface WorkOptions {
  readonly trace: Trace;
  readonly lambdaRequestId: string;
  /** Whether it is about a request: then all its lines have that one's id. */
  readonly isRequest: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

export const startWork = ({ trace, lambdaRequestId, isRequest, details }: WorkOptions): Work => ({
  trace,
  ids: { ...(isRequest && { requestId: trace.requestId }), traceId: traceIdOf(trace), lambdaRequestId },
  line: { ...details },
  capacity: { read: 0, write: 0 },
});
