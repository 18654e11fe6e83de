import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { decode, encode } from './otlpSchema.ts';

interface Posted {
  readonly url: string | undefined;
  readonly contentType: string | undefined;
  /** The spans' names. */
  readonly spans: readonly string[];
  /** Milliseconds. */
  readonly at: number;
}
interface Request {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly { readonly name: string }[] }[];
  }[];
}

/** How a post is answered; `undefined` for never. */
type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | undefined;

/**
 * A collector on a port of its own, or on that of one that is gone. Answers the posts in turn as `answers` has it, all
 * after these with 200. Judges each by OTLP's schema; a fault is answered with 400.
 */
export const startFakeCollector = async (answers: readonly Answer[] = [], port = 0) => {
  const posted: Posted[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const at = performance.now();
    const { resourceSpans } = decode(encode(await text(request))) as Request;
    const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans));
    const answer = posted.length < answers.length ? answers[posted.length] : { status: 200, body: '{}' };
    const contentType = request.headers['content-type'];
    posted.push({ url: request.url, contentType, spans: spans.map(({ name }) => name), at });
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request, response) => {
    take(request, response).catch((error: Error) => response.writeHead(400).end(error.message));
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address() as AddressInfo;
  return {
    posted,
    port: address.port,
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
