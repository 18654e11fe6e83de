import { setTimeout as delay } from 'node:timers/promises';
import { createExportQueue, type Limit } from './exportQueue.ts';
import { createExportReports } from './exportReports.ts';
import { otlpEndpoint } from './otlpEndpoint.ts';
import { type Outcome, postSpans } from './postSpans.ts';
import type { Recorder } from './recorder.ts';

const defaults = {
  batch: { spans: 512, characters: 2 * 1024 * 1024 } as Limit, // collectors take 20 MiB at once
  queue: { spans: 10_000, characters: 32 * 1024 * 1024 } as Limit,
  /** How long a span waits for others at most. */
  periodMs: 1000,
  timeoutMs: 5000,
  firstPauseMs: 250,
  longestPauseMs: 5000,
  /** What stop() takes at most. */
  stopMs: 2000,
};

export interface ExporterOptions extends Partial<typeof defaults> {
  /** As `otlpEndpoint` takes it, and as it returns it. */
  readonly endpoint: string;
  readonly follow: Recorder['follow'];
  readonly log: (line: string) => void;
}

/** Sends every span that ends from now on to a collector. No timer holds the process; what fails is a line in the log. */
export const startExporter = ({ endpoint, follow, log, ...options }: ExporterOptions) => {
  const { periodMs, timeoutMs, firstPauseMs, longestPauseMs, stopMs, ...limits } = { ...defaults, ...options };
  const url = otlpEndpoint(endpoint);
  const queue = createExportQueue(limits);
  const reports = createExportReports(url, log);
  const stopping = new AbortController();
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;

  /** Sends what waits now, and what joins its last batch. Gives up only at the end. */
  const send = async () => {
    let pauseMs = firstPauseMs;
    for (let due = queue.length(); due > 0 && !over.signal.aborted; ) {
      const spans = queue.next();
      const outcome = await postSpans({ url, spans, timeoutMs, signal: over.signal }).catch(
        ({ message }: Error): Outcome => ({ kind: 'refused', reason: message, spans: spans.length }),
      );
      reports.outcome(outcome);
      if (outcome.kind === 'unanswered') {
        if (stopping.signal.aborted) return;
        await delay(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      } else {
        pauseMs = firstPauseMs;
        queue.remove(spans.length);
        due -= spans.length;
      }
    }
  };
  const plan = () => {
    if (sending || stopping.signal.aborted || queue.length() === 0) return;
    if (queue.hasBatch()) start();
    else timer ??= setTimeout(start, periodMs).unref();
  };
  const start = () => {
    clearTimeout(timer);
    timer = undefined;
    sending = send().finally(() => {
      sending = undefined;
      plan();
    });
  };
  const unfollow = follow(({ span }) => {
    if (queue.add(span)) plan();
    else reports.full();
  });
  const end = async () => {
    unfollow();
    clearTimeout(timer);
    const deadline = setTimeout(() => over.abort(new Error('no time is left')), stopMs).unref();
    stopping.abort();
    await sending;
    await send();
    await send(); // once more: a connection that has idled may be gone
    clearTimeout(deadline);
    reports.ended(queue.length());
  };
  let ended: Promise<void> | undefined;

  /** Sends what is left, for as long as that may take. */
  return { stop: (): Promise<void> => (ended ??= end()) };
};
