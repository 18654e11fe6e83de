import type { Span } from '@app/local-cloud/src/recorder/span.ts';

export interface SpanNode {
  readonly span: Span;
  readonly children: readonly SpanNode[];
}

/** Spans below their parents, each in the order in which they began. Those whose parent is not here stand at the top. */
export const treeOf = (spans: readonly Span[]): SpanNode[] => {
  const inOrder = spans.toSorted((a, b) => a.start - b.start);
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const byParent = Map.groupBy(inOrder, ({ parentSpanId }) =>
    parentSpanId !== undefined && ids.has(parentSpanId) ? parentSpanId : undefined,
  );
  const nodesBelow = (spanId: string | undefined): SpanNode[] =>
    (byParent.get(spanId) ?? []).map((span) => ({ span, children: nodesBelow(span.spanId) }));
  return nodesBelow(undefined);
};
