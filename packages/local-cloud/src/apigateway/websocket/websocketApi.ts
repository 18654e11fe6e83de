import { randomBytes } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Serverless } from '../../framework/types.ts';
import { type BareAnswer, endWith } from '../../http/listener.ts';
import type { Target } from '../../http/target.ts';
import type { Functions } from '../../lambda/functions/functions.ts';
import { createRecorder, type Recorder } from '../../recorder/recorder.ts';
import { type Connection, connectEvent, disconnectEvent, messageEvent } from './events.ts';
import { routeKeyOf, type SocketRoute, socketRoutesOf } from './routes.ts';
import { createSocketObserver, type SocketEvent } from './socketSpan.ts';

const largestMessage = 128 * 1024; // bytes, as API Gateway has it
const longestIdle = 10 * 60_000; // milliseconds, the same
const mostBuffered = 4 * 1024 * 1024; // bytes, for a client that does not read

/** RFC 6455, section 4.2.1. Judged before `$connect` is called, which must not hear of what cannot be opened. */
const isHandshake = ({ headersDistinct: fields }: IncomingMessage) => {
  const { 'sec-websocket-key': keys = [], 'sec-websocket-version': versions = [] } = fields;
  return keys.length === 1 && /^[\w+/]{22}==$/.test(keys[0] ?? '') && versions.length === 1 && versions[0] === '13';
};

const refusal = (status: number): BareAnswer => ({
  status,
  reason: STATUS_CODES[status] ?? '',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: STATUS_CODES[status] }),
});

interface Returned {
  readonly statusCode?: number;
  readonly body?: unknown;
}

/** `gone`: there is no such connection. `full`: it does not read what it was sent before. */
export type Posted = 'sent' | 'gone' | 'full';

/** The WebSocket API of a service: opens connections, has functions called for what they say, posts to them. */
export const createWebsocketApi = (
  serverless: Pick<Serverless, 'service'>,
  functions: Pick<Functions, 'invoke'>,
  recorder: Recorder = createRecorder({ isKept: false }),
) => {
  const observe = createSocketObserver(recorder, serverless.service.service);
  const routes = socketRoutesOf(serverless);
  const { stage } = serverless.service.provider;
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  const open = new Map<string, { socket: WebSocket; connection: Connection }>();

  /** Undefined where the function failed. */
  const call = async ({ functionName }: SocketRoute, event: SocketEvent): Promise<Returned | undefined> => {
    const span = observe(event);
    const outcome = await functions.invoke(functionName, JSON.stringify(event), span.cause);
    const returned = 'payload' in outcome ? ((JSON.parse(outcome.payload) ?? {}) as Returned) : undefined;
    span.end(returned ? (returned.statusCode ?? 200) : 500);
    return returned;
  };

  /** The status that `$connect` answers with: 2xx opens the connection. */
  const judge = async (connection: Connection): Promise<number> => {
    const route = routes.get('$connect');
    if (!route) return 200;
    const returned = await call(route, connectEvent(connection));
    return returned ? (returned.statusCode ?? 200) : 500;
  };

  const reply = (socket: WebSocket, text: string) => socket.send(text, () => {}); // it may have gone

  const onMessage = async (socket: WebSocket, connection: Connection, body: string) => {
    const routeKey = routeKeyOf(body, routes);
    const route = routes.get(routeKey);
    const event = messageEvent(connection, routeKey, body);
    const { connectionId, requestId } = event.requestContext;
    const refuse = (message: string) => reply(socket, JSON.stringify({ message, connectionId, requestId }));
    if (!route) return refuse('Forbidden');
    const returned = await call(route, event);
    if (!returned) return refuse('Internal server error');
    if (route.hasResponse && typeof returned.body === 'string') reply(socket, returned.body);
  };

  const onClose = async (connection: Connection, code: number, reason: string) => {
    open.delete(connection.connectionId);
    const route = routes.get('$disconnect');
    if (route) await call(route, disconnectEvent(connection, code, reason));
  };

  const accept = (socket: WebSocket, connection: Connection) => {
    open.set(connection.connectionId, { socket, connection });
    const idle = setTimeout(() => socket.close(1001, 'Going away'), longestIdle).unref();
    socket.on('error', () => {}); // a frame that breaks the protocol: ws closes the connection, with 1002 or the like
    socket.on('message', (data: Buffer, isBinary) => {
      idle.refresh();
      if (isBinary) return socket.close(1003, 'Binary is not supported');
      void onMessage(socket, connection, data.toString());
    });
    socket.on('close', (code, reason) => {
      clearTimeout(idle);
      void onClose(connection, code, reason.toString());
    });
  };

  return {
    stage,
    /** Answers an offer to speak WebSocket. Whoever calls has judged `Host` and `Origin`. */
    upgrade: async (request: IncomingMessage, socket: Duplex, { head, target }: { head: Buffer; target: Target }) => {
      if (!isHandshake(request)) return endWith(socket, refusal(400));
      const connectionId = `${randomBytes(11).toString('base64url')}=`; // as AWS's look
      const connection = { connectionId, connectedAt: Date.now(), stage, request, target };
      const status = await judge(connection);
      if (socket.destroyed) return void onClose(connection, 1006, '');
      if (status < 200 || status > 299) return endWith(socket, refusal(status >= 400 ? status : 502));
      server.handleUpgrade(request, socket, head, (client) => accept(client, connection));
    },
    post: (connectionId: string, text: string | Buffer): Posted => {
      const socket = open.get(connectionId)?.socket;
      if (!socket || socket.readyState !== socket.OPEN) return 'gone';
      if (socket.bufferedAmount > mostBuffered) return 'full';
      socket.send(text, { binary: false }, () => {});
      return 'sent';
    },
    find: (connectionId: string) => open.get(connectionId)?.connection,
    /** Whether there was such a connection. */
    disconnect: (connectionId: string): boolean => {
      const found = open.get(connectionId);
      found?.socket.close(1000);
      return found !== undefined;
    },
    close: () => {
      for (const { socket } of open.values()) socket.terminate();
    },
  };
};

export type WebsocketApi = ReturnType<typeof createWebsocketApi>;
