import { principal } from '@app/auth';
import type { BodyOf, CompiledMessage, Message, ValidationError } from '@app/contracts';
import { HttpProblem, invalidRequest, problemTypes, type Violation } from '@app/http';
import { observed, recordRequest, startTrace, type Trace } from '@app/observability';
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { reportProblem, toProblem } from '../http/problemResponse.ts';
import { toViolation } from '../http/violations.ts';
import { keepWarm } from '../keepWarm.ts';
import { parseJson, readMessage } from '../readMessage.ts';

type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
};

/** What a client sent, or connected with. */
export interface SocketRequest<M extends Message = Message> {
  readonly connectionId: string;
  readonly connectedAt: Date;
  readonly subject: string;
  /** The message's body; on connecting, the query. Undefined on a route that has no message. */
  readonly message: BodyOf<M>;
  readonly trace: Trace;
}

interface SocketHandler<M extends Message> {
  readonly route: string;
  /** What the route takes: anything else is refused. Without one, whatever is sent is taken, and read by nobody. */
  readonly message?: CompiledMessage<M>;
  /** Resolves to the reply, if there is one: an object, sent as JSON. */
  readonly handle: (request: SocketRequest<M>) => Promise<object | undefined>;
}

/** A connection is opened with a query; gateways differ in whether its event has an empty body as well. */
const sentIn = ({ body, queryStringParameters, requestContext }: SocketEvent): unknown =>
  requestContext.eventType === 'CONNECT' ? { ...queryStringParameters } : parseJson(body ?? '');

const nothing = { body: undefined, errors: undefined };

const detailOf = ({ pointer, detail }: Violation) => `${pointer.slice(1) || 'The message'} ${detail}`;

const refusalOf = (errors: readonly ValidationError[]) => {
  const violations = errors.map(toViolation);
  return invalidRequest(violations, violations.map(detailOf).join('; '));
};

/** Who asks after a request is found under its id, like everything else that concerns it. */
const followed = (body: unknown) => {
  const { requestId } = (body ?? {}) as { readonly requestId?: unknown };
  return typeof requestId === 'string' ? requestId : undefined;
};

/** An error as a client of a socket is told it. */
export const socketError = (code: string, detail: string) => ({ type: 'error', code, detail });

/**
 * Turns one route of a WebSocket API into a Lambda handler. The reply is the route's response (RouteResponse must be
 * configured); a refusal is one, too, except on `$connect`, where its status refuses the connection.
 */
export const createSocketHandler = <M extends Message>({ route, message, handle }: SocketHandler<M>) => {
  const read = (event: SocketEvent) => (message ? readMessage(message, sentIn(event)) : nothing);

  const requestOf = (event: SocketEvent, body: BodyOf<M>): SocketRequest<M> => ({
    connectionId: event.requestContext.connectionId,
    connectedAt: new Date(event.requestContext.connectedAt),
    subject: principal(event).subject,
    message: body,
    trace: startTrace(event.headers?.traceparent, followed(body)),
  });

  const answer = async (request: SocketRequest<M>, errors: readonly ValidationError[] | undefined) => {
    try {
      if (errors) throw refusalOf(errors);
      return { reply: await handle(request) };
    } catch (error) {
      const problem = toProblem(error);
      reportProblem(problem);
      return { reply: socketError(problem.slug, problem.message), problem };
    }
  };

  return keepWarm((event: SocketEvent, context) => {
    const { body, errors } = read(event);
    const request = requestOf(event, body as BodyOf<M>);
    return observed(
      {
        kind: 'socket',
        trace: request.trace,
        isRequest: true,
        context,
        details: { connectionId: request.connectionId, route, subject: request.subject },
        record: ({ line, duration, capacity }) =>
          recordRequest({ operation: `socket.${route}`, status: Number(line['status'] ?? 500), duration, capacity }),
      },
      async ({ line }) => {
        const { reply, problem } = await answer(request, errors);
        const status = problem?.status ?? 200;
        line['status'] = status;
        return {
          statusCode: event.requestContext.eventType === 'CONNECT' ? status : 200,
          ...(reply && { body: JSON.stringify(reply) }),
        };
      },
    );
  });
};

/** What a client is told that sent something no route takes. */
export const unknownAction = (actions: readonly string[]) =>
  new HttpProblem(problemTypes.invalidRequest, `The action must be one of ${actions.join(', ')}`);
