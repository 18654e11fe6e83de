import type { Span } from './span.ts';
import { type Summary, summaryOf, withSpan } from './summary.ts';

export interface RingLimits {
  readonly traces: number;
  /** What is held at most, about: spans are counted as they are written. */
  readonly bytes: number;
  /** Of one trace; what comes after these is counted and not held. */
  readonly spansPerTrace: number;
}

export const ringLimits: RingLimits = { traces: 10_000, bytes: 56 * 1024 * 1024, spansPerTrace: 2000 };

/** A trace as it is held: what lists are made of, and its spans as JSON. */
export interface HeldTrace {
  summary: Summary;
  readonly spans: string[];
  dropped: number;
  bytes: number;
}

const beyondLatin1 = /[^\0-\u00FF]/;

/** What a text takes in memory: V8 has one byte for each character, or two where one of them needs it. */
const sizeOf = (text: string): number => (beyondLatin1.test(text) ? 2 * text.length : text.length);

/** What a trace takes besides its spans' text. */
const overhead = 1200; // bytes

/**
 * The last traces, by the order in which they began: the oldest goes when there are too many, or they take too much. Spans
 * are held as text, which takes a tenth of what objects do and costs the garbage collector nothing.
 */
export const createRing = ({ traces: mostTraces, bytes: mostBytes, spansPerTrace }: RingLimits = ringLimits) => {
  const traces = new Map<string, HeldTrace>();
  const byId = new Map<string, string>();
  let bytes = 0;

  const forget = (traceId: string, { summary, bytes: freed }: HeldTrace) => {
    traces.delete(traceId);
    bytes -= freed;
    for (const id of summary.ids) if (byId.get(id) === traceId) byId.delete(id);
  };
  const makeRoom = () => {
    for (const [traceId, trace] of traces) {
      if (traces.size <= mostTraces && bytes <= mostBytes) return;
      forget(traceId, trace);
    }
  };

  return {
    /** Holds a span, if its trace has room for it: no trace takes more than a quarter of the ring. */
    add: (span: Span, text: string): void => {
      const { traceId } = span;
      const size = sizeOf(text);
      const trace = traces.get(traceId) ?? { summary: summaryOf(span), spans: [], dropped: 0, bytes: overhead };
      const isFull = trace.spans.length >= spansPerTrace || trace.bytes - overhead + size > mostBytes / 4;
      if (isFull) {
        trace.dropped += 1;
        return;
      }
      if (trace.spans.length === 0) {
        traces.set(traceId, trace);
        bytes += overhead;
      }
      trace.summary = withSpan(trace.summary, span);
      trace.spans.push(text);
      trace.bytes += size;
      bytes += size;
      for (const id of trace.summary.ids) byId.set(id, traceId);
      makeRoom();
    },
    /** By a trace id, or by the id of a request, an invocation or a message in it. */
    find: (id: string): HeldTrace | undefined => traces.get(id) ?? traces.get(byId.get(id) ?? ''),
    /** From the newest to the oldest. */
    newestFirst: (): HeldTrace[] => [...traces.values()].toReversed(),
    size: () => ({ traces: traces.size, bytes }),
  };
};

export type Ring = ReturnType<typeof createRing>;
