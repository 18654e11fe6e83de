import { setTimeout as delay } from 'node:timers/promises';
import type { Span } from '@app/local-cloud/src/recorder/span.ts';
import { CloudNotUp } from '../cloudNotUp.ts';
import { readEvents } from '../serverSentEvents.ts';

type Chunks = AsyncIterable<string>;

interface Following {
  /** Opens the stream of events behind an id; without one, from now on. */
  readonly open: (lastEventId?: string) => Promise<Chunks>;
  readonly signal: AbortSignal;
  /** Hears, once each time, that the cloud is no longer up. */
  readonly lost: () => void;
  /** Milliseconds before an attempt to connect again. */
  readonly retryAfter?: number;
}

/** Ids of a cloud that has ended mean nothing to the next: all that it has recorded is new. */
const fromItsBeginning = '0';

/** A connection that breaks is a stream that ends. */
const untilItEnds = async function* (chunks: Chunks): AsyncGenerator<string> {
  try {
    yield* chunks;
  } catch {}
};

/** Tries until the cloud answers. Undefined where the following is to end. */
const openAgain = async (
  lastEventId: string | undefined,
  { open, signal, lost, retryAfter = 500 }: Following,
): Promise<Chunks | undefined> => {
  let isUp = true;
  for (;;) {
    await delay(retryAfter, undefined, { signal }).catch(() => {});
    if (signal.aborted) return undefined;
    try {
      return await open(isUp ? lastEventId : fromItsBeginning);
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof CloudNotUp)) throw error;
      if (isUp) lost();
      isUp = false;
    }
  }
};

/**
 * Spans as they end. Connects again where it was when the connection is lost, and waits for a cloud that is started anew.
 * Throws where the first connection cannot be had, or the cloud refuses a later one.
 */
export const followSpans = async function* (following: Following): AsyncGenerator<Span> {
  let lastEventId: string | undefined;
  let chunks: Chunks | undefined = await following.open();
  while (chunks) {
    for await (const { id, event, data } of readEvents(untilItEnds(chunks))) {
      lastEventId = id;
      if (event === 'span') yield JSON.parse(data) as Span;
    }
    chunks = await openAgain(lastEventId, following);
  }
};
