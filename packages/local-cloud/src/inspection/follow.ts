import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Recorder } from '../recorder/recorder.ts';
import { privateHeaders } from './answers.ts';
import type { Filter } from './filters.ts';

const heartbeat = 15_000; // milliseconds
const mostWaiting = 4 * 1024 * 1024; // bytes that a follower has not read

/**
 * Server-Sent Events: each span as it ends, from the one behind `Last-Event-ID` on. A follower that does not read is
 * hung up on; it comes back, and goes on where it was.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export const follow = (
  recorder: Recorder,
  { request, response, filter }: { request: IncomingMessage; response: ServerResponse; filter: Filter },
): void => {
  const isWanted = (traceId: string, text: string) => {
    const trace = recorder.ring.find(traceId);
    return (
      trace !== undefined &&
      filter.matches(trace.summary) &&
      (filter.text === undefined || text.toLowerCase().includes(filter.text))
    );
  };
  const send = (place: number, traceId: string, text: string) => {
    if (!isWanted(traceId, text)) return;
    response.write(`id: ${place}\nevent: span\ndata: ${text}\n\n`);
    if (response.writableLength > mostWaiting) response.destroy();
  };
  response.writeHead(200, { ...privateHeaders, 'content-type': 'text/event-stream' });
  response.write(`: spans, as they end\nid: ${recorder.place()}\n\n`); // no event, and a place to go on from
  const after = Number(request.headers['last-event-id'] ?? Number.NaN);
  if (Number.isInteger(after))
    for (const { place, text } of recorder.since(after)) {
      const { traceId } = JSON.parse(text) as { traceId: string };
      send(place, traceId, text);
    }
  const stop = recorder.follow(({ place, span }) => send(place, span.traceId, JSON.stringify(span)));
  const beat = setInterval(() => response.write(': still here\n\n'), heartbeat).unref();
  response.once('close', () => {
    stop();
    clearInterval(beat);
  });
};
