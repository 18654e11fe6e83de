import type { IncomingMessage } from 'node:http';
import type { Target } from '../../http/target.ts';
import { bodyText, headerAttributes, masked } from '../../recorder/masking.ts';
import type { Recorder } from '../../recorder/recorder.ts';
import { now } from '../../recorder/span.ts';
import { fromTraceparent, newSpanId, newTraceId, type TraceContext } from '../../tracing/context.ts';

/** An answer, as far as its span tells of it. */
export interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: Buffer | string;
}

/** A request that is being answered. */
export interface RequestSpan {
  readonly context: TraceContext;
  readonly end: (details: {
    readonly answer: Answered;
    readonly route?: string | undefined;
    readonly body?: Buffer | undefined;
  }) => void;
}

const errorOf = (status: number) => (status >= 500 ? String(status) : undefined);

/**
 * Begins the span of a request (HTTP server conventions): part of the caller's trace, where it says which.
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export const startRequestSpan = (
  recorder: Recorder,
  { request, target, service }: { request: IncomingMessage; target: Target; service: string },
): RequestSpan => {
  const parent = fromTraceparent(request.headers['traceparent']);
  const context = { traceId: parent?.traceId ?? newTraceId(), spanId: newSpanId() };
  const start = now();
  return {
    context,
    end: ({ answer, route, body }) => {
      if (!recorder.isWanted()) return;
      const { method = 'GET', headers } = request;
      const { status, headers: answered = {} } = answer;
      const type = String(answered['content-type'] ?? '');
      recorder.record({
        ...context,
        parentSpanId: parent?.spanId,
        name: `${method} ${route ?? target.path}`,
        kind: 'server',
        start,
        duration: now() - start,
        status: status >= 500 ? 'error' : 'unset',
        service,
        attributes: {
          'http.request.method': method,
          'http.route': route,
          'url.path': target.path,
          'url.query': target.query === '' ? undefined : masked(`?${target.query}`).slice(1),
          'http.response.status_code': status,
          'error.type': errorOf(status),
          'client.address': request.socket.remoteAddress,
          'server.address': headers.host,
          'network.protocol.version': request.httpVersion,
          'user_agent.original': headers['user-agent'],
          'local.request_id': String(answered['x-request-id'] ?? '') || undefined,
          ...headerAttributes('http.request.header', headers),
          ...headerAttributes('http.response.header', answered),
          'local.request.body': bodyText(body, headers['content-type']),
          'local.response.body': bodyText(answer.body, type),
        },
      });
    },
  };
};
