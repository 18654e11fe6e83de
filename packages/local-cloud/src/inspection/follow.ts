import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Recorder } from '../recorder/recorder.ts';
import { privateHeaders } from './answers.ts';
import type { Filter } from './filters.ts';

const heartbeat = 15_000; // milliseconds
const mostWaiting = 4 * 1024 * 1024; // bytes that a follower has not read

interface Following {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly filter: Filter;
}

/** The place that a follower goes on from; one of another run of the cloud counts as the beginning of this one. */
const placeIn = ({ headers }: IncomingMessage, recorder: Recorder): number => {
  const after = Number(headers['last-event-id'] ?? Number.NaN);
  if (!Number.isInteger(after)) return recorder.place();
  return after > recorder.place() ? 0 : after;
};

const drained = async (response: ServerResponse): Promise<void> => {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  over.abort();
};

/**
 * Server-Sent Events: each span as it ends, from the one behind `Last-Event-ID` on. A follower that does not read is
 * hung up on; it comes back, and goes on where it was.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export const follow = async (recorder: Recorder, { request, response, filter }: Following): Promise<void> => {
  const isWanted = (traceId: string, text: string) => {
    const trace = recorder.ring.find(traceId);
    return (
      trace !== undefined &&
      filter.matches(trace.summary) &&
      (filter.text === undefined || text.toLowerCase().includes(filter.text))
    );
  };
  const send = (place: number, traceId: string, text: string) => {
    if (isWanted(traceId, text)) response.write(`id: ${place}\nevent: span\ndata: ${text}\n\n`);
  };
  /** What has ended since, as fast as the follower reads. */
  const replay = async (from: number) => {
    let sent = from;
    for (let missed = recorder.since(sent); missed.length > 0 && !response.closed; missed = recorder.since(sent))
      for (const { place, text } of missed) {
        send(place, (JSON.parse(text) as { traceId: string }).traceId, text);
        sent = place;
        if (response.writableNeedDrain) await drained(response);
        if (response.closed) return;
      }
  };

  const from = placeIn(request, recorder);
  response.writeHead(200, { ...privateHeaders, 'content-type': 'text/event-stream' });
  response.write(`: spans, as they end\nid: ${from}\n\n`); // no event, and a place to go on from
  await replay(from);
  const stop = recorder.follow(({ place, span, text }) => {
    if (text !== undefined) send(place, span.traceId, text);
    if (response.writableLength > mostWaiting) response.destroy();
  });
  const beat = setInterval(() => response.write(': still here\n\n'), heartbeat).unref();
  const end = () => {
    stop();
    clearInterval(beat);
  };
  if (response.closed) end();
  else response.once('close', end);
};
