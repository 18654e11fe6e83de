import { statusStyle } from '@app/command-line/colour';
import type { Screen } from '@app/command-line/screen';
import { type Cell, type Column, headingsOf, renderRow, renderTable, widthsOf } from '@app/command-line/table';
import type { Span } from '@app/local-cloud/src/recorder/span.ts';
import type { Summary } from '@app/local-cloud/src/recorder/summary.ts';
import { milliseconds, timeOfDay } from './times.ts';

interface Entry {
  /** Milliseconds since the epoch: when it began. */
  readonly start: number;
  readonly service: string;
  readonly name: string;
  readonly status: string;
  readonly duration: number;
  /** What `pnpm traces show` finds it by. */
  readonly id: string;
  readonly hasFailed: boolean;
}

const columns: readonly Column[] = [
  { heading: 'begun' },
  { heading: 'service' },
  { heading: 'what', isFlexible: true },
  { heading: '' },
  { heading: 'status' },
  { heading: 'ms', align: 'right' },
  { heading: 'request or trace' },
];

export const entryOfTrace = (summary: Summary): Entry => {
  const { status, failed, requestId, traceId } = summary;
  return {
    ...summary,
    status: String(status ?? (failed ? 'error' : 'ok')),
    id: requestId ?? traceId,
    hasFailed: failed,
  };
};

export const entryOfSpan = (span: Span): Entry => {
  const { attributes, status, traceId } = span;
  const hasFailed = status === 'error';
  return {
    ...span,
    status: String(attributes['http.response.status_code'] ?? (hasFailed ? 'error' : 'ok')),
    id: String(attributes['local.request_id'] ?? attributes['faas.invocation_id'] ?? traceId),
    hasFailed,
  };
};

/** Whether a span is told of as it ends: a trace's first, a request, an invocation. What they call is left to `show`. */
export const isEntry = ({ parentSpanId, kind }: Span): boolean =>
  parentSpanId === undefined || kind === 'server' || kind === 'consumer';

const styleOf = ({ status, hasFailed }: Entry) => {
  const code = Number(status);
  if (Number.isInteger(code) && code >= 400) return statusStyle(code);
  return hasFailed ? 'red' : 'green';
};

const cellsOf = (entry: Entry, screen: Screen): Cell[] => [
  { text: timeOfDay(entry.start, screen), style: 'dim' },
  { text: entry.service, style: 'cyan' },
  { text: entry.name },
  { text: entry.hasFailed ? '!' : '', style: 'red' },
  { text: entry.status, style: styleOf(entry) },
  { text: milliseconds(entry.duration) },
  { text: entry.id, style: 'dim' },
];

/** Entries in the order given, below their headings. */
export const renderEntries = (entries: readonly Entry[], screen: Screen): string =>
  renderTable(
    columns,
    entries.map((entry) => cellsOf(entry, screen)),
    screen,
  );

/** What most entries need: those that follow are not known yet. */
const usual: Entry = {
  start: 0,
  service: 'services',
  name: 'x'.repeat(36),
  status: '200',
  duration: 10_000,
  id: 'x'.repeat(36),
  hasFailed: true,
};

/** Renders entries one by one, in the same columns each. */
export const createEntryRenderer = (screen: Screen) => {
  const widths = widthsOf(columns, [cellsOf(usual, screen)], screen);
  const render = (row: readonly Cell[]) => renderRow(row, { columns, widths, screen });
  return { headings: () => render(headingsOf(columns)), entry: (entry: Entry) => render(cellsOf(entry, screen)) };
};
