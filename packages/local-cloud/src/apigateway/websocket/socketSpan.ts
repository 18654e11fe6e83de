import { bodyText } from '../../recorder/masking.ts';
import type { Recorder } from '../../recorder/recorder.ts';
import { now } from '../../recorder/span.ts';
import type { Cause } from '../../tracing/cause.ts';
import { fromTraceparent, newSpanId, newTraceId } from '../../tracing/context.ts';

/** As much of a WebSocket event as its span tells of. */
export interface SocketEvent {
  readonly requestContext: { readonly connectionId: string; readonly requestId: string; readonly routeKey: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Begins the span of what a connection says: its opening, a message, its end. Each is a request of its own. */
export const createSocketObserver = (recorder: Recorder, service: string) => (event: SocketEvent) => {
  const { connectionId, requestId, routeKey } = event.requestContext;
  const named = Object.entries(event.headers ?? {}).find(([name]) => name.toLowerCase() === 'traceparent');
  const parent = fromTraceparent(named?.[1]);
  const context = { traceId: parent?.traceId ?? newTraceId(), spanId: newSpanId() };
  const start = now();
  const cause: Cause = { trigger: 'http', parent: context, source: `WebSocket ${routeKey}` };
  return {
    cause,
    /** `status` is the one that the function returned; 500 where it failed. */
    end: (status: number): void => {
      if (!recorder.isWanted()) return;
      recorder.record({
        ...context,
        parentSpanId: parent?.spanId,
        name: `WebSocket ${routeKey}`,
        kind: 'server',
        start,
        duration: now() - start,
        status: status >= 500 ? 'error' : 'unset',
        service,
        attributes: {
          'http.route': routeKey,
          'http.response.status_code': status,
          'error.type': status >= 500 ? String(status) : undefined,
          'network.protocol.name': 'websocket',
          'local.connection_id': connectionId,
          'local.request_id': requestId,
          'local.request.body': bodyText(event.body),
        },
      });
    },
  };
};
