import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Serverless } from '../../framework/types.ts';
import { readBody } from '../../http/readBody.ts';
import {
  bodyTooLarge,
  functionFailed,
  functionTimedOut,
  noRoute,
  type Refusal,
  type Refuse,
  sendWhole,
} from '../../http/refusals.ts';
import type { Target } from '../../http/target.ts';
import type { Functions } from '../../lambda/functions/functions.ts';
import { createRecorder, type Recorder } from '../../recorder/recorder.ts';
import type { Cause } from '../../tracing/cause.ts';
import type { TraceContext } from '../../tracing/context.ts';
import { createApiCors } from './apiCors.ts';
import { type Call, headersOf } from './call.ts';
import { eventV1 } from './eventV1.ts';
import { eventV2 } from './eventV2.ts';
import type { ShowLinks } from './publicLinks.ts';
import { startRequestSpan } from './requestSpan.ts';
import { type Answer, answerOf } from './result.ts';
import { createRouter, type Match, routesOf } from './routes.ts';

const integrationTimeout = 30_000; // an HTTP API's own; a REST API's is 29 s, and functions have 29

const send = (response: ServerResponse, { status, headers, body }: Answer) =>
  sendWhole(response, status, headers, body);

interface ApiOptions {
  readonly showLinks?: ShowLinks;
  readonly recorder?: Recorder;
}

/**
 * The HTTP or REST API of a service: finds the route, makes the event, runs the function, answers with what it says. What
 * the API says by itself is worded by `refuse`, as a service's own port and the gateway word it differently.
 */
export const createApi = (
  serverless: Pick<Serverless, 'service'>,
  functions: Pick<Functions, 'invoke'>,
  { showLinks = (answer) => answer, recorder = createRecorder({ isKept: false }) }: ApiOptions = {},
) => {
  const { service } = serverless.service;
  const routes = routesOf(serverless);
  const route = createRouter(routes);
  const cors = createApiCors(serverless);
  const { stage } = serverless.service.provider;

  const callOf = (request: IncomingMessage, match: Match, target: Target, body: Buffer): Call => ({
    ...match,
    method: request.method ?? 'GET',
    target,
    headers: headersOf(request),
    body,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${request.httpVersion}`,
    stage,
    requestId: randomUUID(),
    receivedAt: new Date(),
  });

  const run = async (call: Call, parent: TraceContext) => {
    const { kind, functionName, path } = call.route;
    const cause: Cause = { trigger: 'http', parent, source: `${call.method} ${path}` };
    const event = JSON.stringify(kind === 'http' ? eventV2(call) : eventV1(call));
    const stop = new AbortController();
    const late = delay(integrationTimeout, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    const outcome = await Promise.race([functions.invoke(functionName, event, cause), late]);
    stop.abort();
    if (!outcome) return functionTimedOut;
    return ('payload' in outcome && answerOf(outcome.payload, kind)) || functionFailed;
  };

  return {
    isRest: routes.some(({ kind }) => kind === 'rest'),
    allows: cors.allows,
    corsFor: cors.headersFor,
    /** Answers a request that may be answered. Never rejects for what a client does. */
    handle: async (request: IncomingMessage, response: ServerResponse, target: Target, refuse: Refuse) => {
      const { method = 'GET' } = request;
      const { origin } = request.headers;
      const preflight = cors.preflight(request, target.path);
      if (preflight) return send(response, preflight);
      const match = route(method, target.path);
      const span = startRequestSpan(recorder, { request, target, service });
      const refuseWith = (refusal: Refusal, details: object = {}) => {
        refuse(response, refusal, cors.headersFor(origin));
        const headers = { 'x-request-id': String(response.getHeader('x-request-id') ?? '') };
        span.end({ answer: { status: response.statusCode, headers }, ...details });
      };
      if (!match) return refuseWith(noRoute(method, target.path));
      const body = await readBody(request).catch(() => null);
      if (body === null) return; // the caller has gone
      if (!body) return refuseWith(bodyTooLarge, { route: match.route.path });
      const details = { route: match.route.path, body };
      const answer = await run(callOf(request, match, target, body), span.context);
      if ('message' in answer) return refuseWith(answer, details);
      const shown = showLinks(cors.apply(answer, origin), request.headers.host);
      send(response, shown);
      span.end({ answer: shown, ...details });
    },
  };
};

export type Api = ReturnType<typeof createApi>;
