import type { Attributes, Span } from './span.ts';

/** How much there may be of something. */
export interface Limit {
  readonly spans: number;
  /** Of names and attributes: bodies are among them. */
  readonly characters: number;
}

const charactersIn = (attributes: Attributes): number =>
  Object.values(attributes).reduce<number>((sum, value) => sum + String(value).length, 0);

const sizeOf = ({ attributes, events = [] }: Span): number =>
  events.reduce((sum, event) => sum + charactersIn(event.attributes), charactersIn(attributes));

/** Spans that wait for the collector, in order, and the batches that they make. */
export const createExportQueue = ({ queue, batch }: { readonly queue: Limit; readonly batch: Limit }) => {
  const waiting: { readonly span: Span; readonly characters: number }[] = [];
  let held = 0; // characters

  return {
    length: (): number => waiting.length,
    hasBatch: (): boolean => waiting.length >= batch.spans || held >= batch.characters,
    /** False where the span does not fit. */
    add: (span: Span): boolean => {
      const characters = sizeOf(span);
      if (waiting.length >= queue.spans || held + characters > queue.characters) return false;
      waiting.push({ span, characters });
      held += characters;
      return true;
    },
    /** The next batch, which stays until it is removed. Holds a span at least, whatever its size. */
    next: (): Span[] => {
      let characters = 0;
      const tooMuch = waiting.slice(0, batch.spans).findIndex((each) => {
        characters += each.characters;
        return characters > batch.characters;
      });
      return waiting.slice(0, tooMuch < 0 ? batch.spans : Math.max(tooMuch, 1)).map(({ span }) => span);
    },
    remove: (count: number): void => {
      for (const { characters } of waiting.splice(0, count)) held -= characters;
    },
  };
};
