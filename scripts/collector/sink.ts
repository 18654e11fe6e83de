import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

/** Spans as OTLP's JSON has them, as far as they are compared. */
export interface ResourceSpans {
  readonly resource: object;
  readonly scopeSpans: readonly { readonly scope: object; readonly spans: readonly { readonly spanId: string }[] }[];
}

/** Takes what a collector passes on. */
export const startSink = async () => {
  const received: ResourceSpans[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { resourceSpans } = (await json(request)) as { readonly resourceSpans: readonly ResourceSpans[] };
    received.push(...resourceSpans);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.writeHead(400).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  return {
    received,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
