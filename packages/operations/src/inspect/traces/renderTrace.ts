import { printable, type Screen } from '@app/command-line/screen';
import type { Span } from '@app/local-cloud/src/recorder/span.ts';
import type { Summary } from '@app/local-cloud/src/recorder/summary.ts';
import { detailsOf } from './details.ts';
import { renderLogLine } from './logLine.ts';
import { milliseconds } from './times.ts';
import { type SpanNode, treeOf } from './tree.ts';

/** A trace as the local cloud tells it. */
export interface Trace {
  readonly summary: Summary;
  /** How many of its spans were not kept. */
  readonly dropped: number;
  readonly spans: readonly Span[];
}

interface Place {
  readonly depth: number;
  /** When the trace began. */
  readonly origin: number;
  readonly spans: ReadonlyMap<string, Span>;
  readonly screen: Screen;
}

const column = 10;
const blank = ' '.repeat(column * 2);
const indent = (depth: number) => '  '.repeat(depth + 1);

const linksOf = ({ links = [], traceId }: Span, { depth, spans, screen: { paint } }: Place) =>
  links.map((link) => {
    const near = link.traceId === traceId ? spans.get(link.spanId)?.name : undefined;
    const target = near === undefined ? `trace ${link.traceId}, span ${link.spanId}` : `${near} ${link.spanId}`;
    return `${blank}${indent(depth)}  ${paint('dim', `also from ${printable(target)}`)}`;
  });

/** The stack of what an invocation failed with, and what it printed. */
const printedBy = ({ attributes, events = [] }: Span, { depth, screen: { paint, width = Infinity } }: Place) => {
  const before = `${blank}${indent(depth)}  `;
  const stack = attributes['exception.stacktrace'];
  const lines = events.map((event) => event.attributes['log.record.original']).filter((line) => line !== undefined);
  return [
    ...(typeof stack === 'string' ? stack.split('\n') : []),
    ...lines.flatMap((line) => renderLogLine(String(line), { paint, room: width - before.length - 2 })),
  ].map((line) => `${before}${paint('dim', '|')} ${line}`);
};

const renderNode = ({ span, children }: SpanNode, place: Place): string[] => {
  const { depth, origin } = place;
  const { paint } = place.screen;
  const times = [span.start - origin, span.duration].map((each) => milliseconds(each).padStart(column));
  const what = [paint('bold', printable(span.name)), ...detailsOf(span, paint)].join('  ');
  return [
    `${paint('dim', times.join(''))}${indent(depth)}${what}`,
    ...linksOf(span, place),
    ...printedBy(span, place),
    ...children.flatMap((child) => renderNode(child, { ...place, depth: depth + 1 })),
  ];
};

const headOf = ({ start, end, traceId, spans }: Summary) =>
  `Trace ${traceId}, begun ${new Date(start).toISOString()}: ${spans} span${spans === 1 ? '' : 's'} in ${milliseconds(end - start)} ms`;

/** A trace as a tree: spans below what caused them, with what functions printed below their invocations. */
export const renderTrace = ({ summary, dropped, spans }: Trace, screen: Screen): string => {
  const { paint } = screen;
  const place = { depth: 0, origin: summary.start, spans: new Map(spans.map((span) => [span.spanId, span])), screen };
  return [
    headOf(summary),
    paint('dim', `${'from ms'.padStart(column)}${'took ms'.padStart(column)}`),
    ...treeOf(spans).flatMap((node) => renderNode(node, place)),
    ...(dropped > 0 ? [paint('yellow', `${dropped} more spans of this trace were dropped: too many to keep.`)] : []),
  ].join('\n');
};
