import { toExportRequest } from './otlp.ts';
import type { Span } from './span.ts';

/** What came of a post. Only what has not been answered is worth another try. */
export type Outcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly reason: string; readonly spans: number }
  | { readonly kind: 'unanswered'; readonly reason: string };

interface Post {
  readonly url: string;
  readonly spans: readonly Span[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** How many spans a collector says it has not taken, though its status is 200. */
const rejectedIn = (body: string): number => {
  try {
    const answer = JSON.parse(body) as {
      readonly partialSuccess?: { readonly rejectedSpans?: string | number };
    } | null;
    return Number(answer?.partialSuccess?.rejectedSpans) || 0;
  } catch {
    return 0; // a collector may answer with no body at all
  }
};

const reasonOf = (error: unknown, timeoutMs: number): string => {
  const { name, message, cause } = error as Error & { readonly cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `does not answer within ${timeoutMs / 1000} s`;
  return `does not answer (${cause?.code ?? cause?.message ?? message})`;
};

/** Posts spans as OTLP over HTTP, in JSON. Rejects only for spans that cannot be written. */
export const postSpans = async ({ url, spans, timeoutMs, signal }: Post): Promise<Outcome> => {
  const body = JSON.stringify(toExportRequest(spans));
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual', // a followed one may become a GET
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const answer = await response.text();
    const { ok, status } = response;
    if (retryable.has(status)) return { kind: 'unanswered', reason: `is not ready (HTTP ${status})` };
    if (!ok) return { kind: 'refused', reason: `HTTP ${status}`, spans: spans.length };
    const rejected = rejectedIn(answer);
    return rejected > 0 ? { kind: 'refused', reason: 'a partial success', spans: rejected } : { kind: 'taken' };
  } catch (error) {
    return { kind: 'unanswered', reason: reasonOf(error, timeoutMs) };
  }
};
