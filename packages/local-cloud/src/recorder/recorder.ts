import { createRecent } from './recent.ts';
import { createRing, type RingLimits } from './ring.ts';
import type { Span } from './span.ts';

/** A span as followers get it: with its place in the order in which spans ended. */
export interface Recorded {
  readonly place: number;
  readonly span: Span;
  /** The span as JSON, where spans are kept. */
  readonly text: string | undefined;
}

export type Follower = (recorded: Recorded) => void;

/** What a function printed. */
export interface Printed {
  readonly service: string;
  /** The function's name in its service. */
  readonly key: string;
  readonly text: string;
}

/** Keeps spans, and tells of each as it ends. Where nothing is to be kept, followers (the terminal) hear all the same. */
export const createRecorder = ({ isKept = true, limits }: { isKept?: boolean; limits?: RingLimits } = {}) => {
  const ring = createRing(limits);
  const recent = createRecent();
  const followers = new Set<Follower>();
  const printers = new Set<(printed: Printed) => void>();
  let place = 0;

  return {
    isKept,
    ring,
    record: (span: Span): void => {
      place += 1;
      const text = isKept ? JSON.stringify(span) : undefined;
      if (text !== undefined) {
        ring.add(span, text);
        recent.add(place, text);
      }
      for (const follower of followers) follower({ place, span, text });
    },
    printed: (printed: Printed): void => {
      for (const printer of printers) printer(printed);
    },
    /** Has somebody hear of all that functions print, as it comes. */
    onPrinted: (printer: (printed: Printed) => void): void => void printers.add(printer),
    /** The place of the last span that has ended. */
    place: (): number => place,
    since: recent.since,
    /** Returns what ends it. */
    follow: (follower: Follower): (() => void) => {
      followers.add(follower);
      return () => void followers.delete(follower);
    },
    /** Whether anybody would see a span. */
    isWanted: (): boolean => isKept || followers.size > 0,
  };
};

export type Recorder = ReturnType<typeof createRecorder>;
