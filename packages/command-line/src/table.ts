import type { Paint } from './colour.ts';
import { isNarrow, printable, type Screen } from './screen.ts';

type Style = Parameters<Paint>[0];

export interface Column {
  readonly heading: string;
  readonly align?: 'right';
  /** Cut where the table would not fit. */
  readonly isFlexible?: boolean;
}

export interface Cell {
  readonly text: string;
  readonly style?: Style | undefined;
}

/** A column's width, in the order of the columns. */
export type Widths = readonly number[];

const leastWidth = 8; // of a column that is cut

const gapOf = (screen: Screen) => (isNarrow(screen) ? 1 : 2);

/** The widths that rows need, within the screen's. */
export const widthsOf = (columns: readonly Column[], rows: readonly (readonly Cell[])[], screen: Screen): Widths => {
  const needed = columns.map(({ heading }, place) =>
    Math.max(heading.length, ...rows.map((row) => row[place]?.text.length ?? 0)),
  );
  const total = needed.reduce((sum, each) => sum + each, gapOf(screen) * (columns.length - 1));
  const excess = Math.max(0, total - (screen.width ?? total));
  return needed.map((width, place) =>
    columns[place]?.isFlexible ? Math.min(width, Math.max(leastWidth, width - excess)) : width,
  );
};

const fitted = (text: string, width: number, { align, isFlexible }: Column) => {
  const shown = isFlexible && text.length > width ? `${text.slice(0, width - 1)}…` : text;
  return align === 'right' ? shown.padStart(width) : shown.padEnd(width);
};

export const renderRow = (
  row: readonly Cell[],
  { columns, widths, screen }: { columns: readonly Column[]; widths: Widths; screen: Screen },
): string => {
  const last = row.findLastIndex(({ text }) => text !== '');
  const cells = row.slice(0, last + 1).map(({ text, style }, place) => {
    const whole = fitted(printable(text), widths[place] ?? 0, columns[place] ?? { heading: '' });
    const shown = place === last ? whole.trimEnd() : whole;
    return style === undefined || text === '' ? shown : screen.paint(style, shown);
  });
  return cells.join(' '.repeat(gapOf(screen)));
};

export const headingsOf = (columns: readonly Column[]): Cell[] =>
  columns.map(({ heading }) => ({ text: heading, style: 'dim' }));

/** Rows below their headings, in columns that fit the screen. */
export const renderTable = (columns: readonly Column[], rows: readonly (readonly Cell[])[], screen: Screen): string => {
  const widths = widthsOf(columns, rows, screen);
  return [headingsOf(columns), ...rows].map((row) => renderRow(row, { columns, widths, screen })).join('\n');
};
