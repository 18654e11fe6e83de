import { principal } from '@app/auth';
import { HttpProblem, problemTypes } from '@app/http';
import {
  isColdStart,
  logger,
  recordRequest,
  startTrace,
  type Trace,
  takeCapacity,
  traceIdOf,
} from '@app/observability';
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { keepWarm } from './keepWarm.ts';
import { toProblem } from './problemResponse.ts';

type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
};

/** What a client sent, or connected with. */
export interface SocketRequest {
  readonly connectionId: string;
  readonly connectedAt: Date;
  readonly subject: string;
  /** The message's members; on connecting, the query's. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly trace: Trace;
}

interface SocketHandler {
  readonly route: string;
  /** Resolves to the reply, if there is one: an object, sent as JSON. */
  readonly handle: (request: SocketRequest) => Promise<object | undefined>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (body: string | undefined) => {
  try {
    const value: unknown = JSON.parse(body ?? '');
    if (isObject(value)) return value;
  } catch {
    // no JSON: like everything else that is no object
  }
  return {};
};

const messageOf = ({ body, queryStringParameters }: SocketEvent) =>
  body === undefined ? { ...queryStringParameters } : parse(body);

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Who asks after a request is found under its id, like everything else that concerns it. */
const followed = ({ requestId }: Readonly<Record<string, unknown>>) =>
  typeof requestId === 'string' && uuid.test(requestId) ? requestId.toLowerCase() : undefined;

const requestOf = (event: SocketEvent): SocketRequest => {
  const { connectionId, connectedAt } = event.requestContext;
  const message = messageOf(event);
  return {
    connectionId,
    connectedAt: new Date(connectedAt),
    subject: principal(event).subject,
    message,
    trace: startTrace(event.headers?.traceparent, followed(message)),
  };
};

/** An error as a client of a socket is told it. */
export const socketError = (code: string, detail: string) => ({ type: 'error', code, detail });

/**
 * Turns one route of a WebSocket API into a Lambda handler. The reply is the route's response (RouteResponse must be
 * configured); a refusal is one, too, except on `$connect`, where its status refuses the connection.
 */
export const createSocketHandler = ({ route, handle }: SocketHandler) => {
  const answer = async (request: SocketRequest) => {
    try {
      return { reply: await handle(request) };
    } catch (error) {
      const problem = toProblem(error);
      return { reply: socketError(problem.slug, problem.message), problem };
    }
  };

  return keepWarm(async (event: SocketEvent, context) => {
    const startedAt = performance.now();
    takeCapacity(); // what an invocation that was cut off left behind
    const request = requestOf(event);
    const { reply, problem } = await answer(request);
    const duration = performance.now() - startedAt;
    const status = problem?.status ?? 200;
    const capacity = takeCapacity();
    logger[status >= 500 ? 'error' : 'info']('socket', {
      requestId: request.trace.requestId,
      traceId: traceIdOf(request.trace),
      lambdaRequestId: context.awsRequestId,
      connectionId: request.connectionId,
      route,
      subject: request.subject,
      status,
      durationMs: Math.round(duration * 100) / 100,
      coldStart: isColdStart(),
      consumedCapacity: capacity,
      ...(problem && {
        problem: problem.slug,
        detail: problem.message,
        ...(status >= 500 && { error: problem.cause }),
      }),
    });
    recordRequest({ operation: `socket.${route}`, status, duration, capacity });
    return {
      statusCode: event.requestContext.eventType === 'CONNECT' ? status : 200,
      ...(reply && { body: JSON.stringify(reply) }),
    };
  });
};

/** What a client is told that sent something no route takes. */
export const unknownAction = (actions: readonly string[]) =>
  new HttpProblem(problemTypes.invalidRequest, `The action must be one of ${actions.join(', ')}`);
