import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Target } from '../../http/target.ts';
import { headersOf, requestTime } from '../http/call.ts';
import { multiValuesOf } from '../multiValues.ts';

export interface Connection {
  readonly connectionId: string;
  readonly connectedAt: number;
  readonly stage: string;
  readonly request: IncomingMessage;
  readonly target: Target;
}

type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

const contextOf = (
  { connectionId, connectedAt, stage, request }: Connection,
  eventType: EventType,
  routeKey: string,
) => {
  const now = new Date();
  const requestId = randomUUID();
  return {
    routeKey,
    eventType,
    extendedRequestId: requestId,
    requestTime: requestTime(now),
    messageDirection: 'IN',
    stage,
    connectedAt,
    requestTimeEpoch: now.getTime(),
    identity: { sourceIp: request.socket.remoteAddress ?? '127.0.0.1', userAgent: request.headers['user-agent'] },
    requestId,
    domainName: (request.headers.host ?? '').split(':')[0],
    connectionId,
    apiId: 'local',
  };
};

const handshakeOf = ({ request, target }: Connection) => {
  const headers = headersOf(request);
  const query = [...new URLSearchParams(target.query)];
  return {
    headers: Object.fromEntries(headers),
    multiValueHeaders: multiValuesOf(headers),
    ...(query.length > 0 && {
      queryStringParameters: Object.fromEntries(query),
      multiValueQueryStringParameters: multiValuesOf(query),
    }),
  };
};

/** The events of a WebSocket API. https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-lambda-integration.html */
export const connectEvent = (connection: Connection) => ({
  ...handshakeOf(connection),
  requestContext: contextOf(connection, 'CONNECT', '$connect'),
  isBase64Encoded: false,
});

export const messageEvent = (connection: Connection, routeKey: string, body: string) => ({
  requestContext: { ...contextOf(connection, 'MESSAGE', routeKey), messageId: randomUUID() },
  body,
  isBase64Encoded: false,
});

export const disconnectEvent = (connection: Connection, code: number, reason: string) => ({
  headers: { Host: connection.request.headers.host ?? '' },
  multiValueHeaders: { Host: [connection.request.headers.host ?? ''] },
  requestContext: {
    ...contextOf(connection, 'DISCONNECT', '$disconnect'),
    disconnectStatusCode: code,
    disconnectReason: reason,
  },
  isBase64Encoded: false,
});
