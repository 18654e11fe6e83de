import { once } from 'node:events';
import { Agent, type ClientRequest, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createProxyServer } from 'httpxy';
import { type CorsPolicy, responseHeaders } from '../cors.ts';
import { host } from '../portCheck.ts';
import { BodyTooLarge, bodyTooLarge, declaresTooMuch, limitBody } from './bodyLimit.ts';
import { type Page, renderPage } from './page.ts';
import { problemOf, sendProblem } from './problems.ts';
import { answerRequestErrors, lacksHost, withoutHost } from './requestErrors.ts';
import { ownerOf } from './routes.ts';
import { keptHeaders, offlineError } from './upstreamErrors.ts';
import { passUpgrades } from './websockets.ts';

/** A service as the gateway knows it. */
export interface Upstream {
  readonly url: string;
  readonly paths: readonly string[];
  /** Where its WebSocket API is, if it has one. */
  readonly websocket?: string | undefined;
  readonly cors?: CorsPolicy | undefined;
}

export interface Gateway {
  readonly listen: (port: number) => Promise<void>;
  /** From now on a service's routes are passed on to it. */
  readonly add: (name: string, upstream: Upstream) => void;
  /** All services are there: an unknown route is a 404 from now on, no longer a 503. */
  readonly complete: (page: Page) => void;
  readonly close: () => void;
}

const longestAnswer = 60_000; // functions have 29 s
const starting = problemOf(503, 'The local cloud is still starting.');

const corsFor = (upstreams: Iterable<Upstream>, origin: string | undefined) => {
  if (!origin) return {};
  for (const { cors } of upstreams) {
    const headers = cors ? responseHeaders(cors, origin) : {};
    if (Object.keys(headers).length > 0) return headers;
  }
  return {};
};

/** Every service under one origin: bodies are streamed both ways, and what goes wrong is a problem (RFC 9457). */
export const createGateway = (): Gateway => {
  const upstreams = new Map<string, Upstream>();
  const prefixes = new Map<string, readonly string[]>();
  let page: Page | undefined;
  let websocket: string | undefined;
  const proxy = createProxyServer({ agent: new Agent({ keepAlive: true }), proxyTimeout: longestAnswer });

  proxy.on('proxyRes', (answer: IncomingMessage, _request: IncomingMessage, response: ServerResponse) => {
    const problem = offlineError(answer);
    if (!problem) return;
    answer.resume();
    sendProblem(response, problem, keptHeaders(answer));
  });

  // emitted right before the body is piped
  proxy.on('proxyReq', (toService: ClientRequest, request: IncomingMessage) => limitBody(toService, request));

  const pass = async (name: string, request: IncomingMessage, response: ServerResponse) => {
    const upstream = upstreams.get(name);
    if (!upstream) return;
    const cors = corsFor([upstream], request.headers.origin);
    if (declaresTooMuch(request)) return sendProblem(response, bodyTooLarge, cors);
    delete request.headers.expect; // the caller has been told to continue
    try {
      await proxy.web(request, response, { target: upstream.url });
    } catch (error) {
      if (request.socket.destroyed) return; // the caller has gone
      const problem =
        error instanceof BodyTooLarge ? bodyTooLarge : problemOf(502, `The service ${name} does not answer.`);
      sendProblem(response, problem, cors);
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (lacksHost(request)) return sendProblem(response, withoutHost, { connection: 'close' });
    const path = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
    const name = ownerOf(prefixes, path);
    if (name) return pass(name, request, response);
    const cors = corsFor(upstreams.values(), request.headers.origin);
    if (!page) return sendProblem(response, starting, { ...cors, 'retry-after': '1' });
    if (path === '/' && (request.method === 'GET' || request.method === 'HEAD')) return renderPage(response, page);
    return sendProblem(response, problemOf(404, `No service has the route ${request.method} ${path}.`), cors);
  };

  const server = createServer({ requireHostHeader: false }, (request, response) => void answer(request, response));
  answerRequestErrors(server);
  server.requestTimeout = 0; // an upload takes as long as it takes
  const cutWebsockets = passUpgrades(server, proxy, () => websocket);

  return {
    listen: async (port) => {
      await once(server.listen(port, host), 'listening');
    },
    add: (name, upstream) => {
      upstreams.set(name, upstream);
      prefixes.set(name, upstream.paths);
      websocket ??= upstream.websocket;
    },
    complete: (finished) => {
      page = finished;
    },
    close: () => {
      cutWebsockets();
      server.closeAllConnections();
      server.close();
    },
  };
};
