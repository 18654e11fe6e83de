import { type Paint, paintFor } from './colour.ts';

/** What is printed on. */
export interface Screen {
  readonly paint: Paint;
  /** Columns of the terminal; undefined where it is none, and nothing is cut. */
  readonly width: number | undefined;
}

/** Colours only where there is a terminal, and NO_COLOR (no-color.org) is not set. */
export const screenOf = (stream: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv): Screen => ({
  paint: paintFor(stream, { NO_COLOR: env['NO_COLOR'] }),
  width: stream.isTTY ? stream.columns : undefined,
});

/** A text without characters that would move a terminal's cursor or change its colours. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\u{FFFD}');

const wide = 100; // columns

/** Whether a terminal has little room: tables leave out what they can. */
export const isNarrow = ({ width }: Screen): boolean => width !== undefined && width < wide;
