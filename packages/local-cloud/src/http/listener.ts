import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { host } from '../process/portCheck.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** A whole response, for where there is none of Node's to write to. */
export interface BareAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

export interface ListenerOptions {
  readonly handle: Handle;
  /** Takes offers to speak WebSocket; without it, and for all other protocols, offers are ignored (RFC 9110, section 7.8). */
  readonly upgrade?: Upgrade;
  /** Whether an offer to speak WebSocket is for `upgrade`; all are, unless told otherwise. */
  readonly takesUpgrade?: (request: IncomingMessage) => boolean;
  /** The answer to what is not HTTP that can be read, by its status. */
  readonly unreadable: (status: number, detail: string) => BareAnswer;
  /** Hears of a defect of ours: `handle` must not throw. */
  readonly log: (message: string) => void;
}

const statusOf: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The header fields are larger than a gateway takes.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunk extensions are larger than a gateway takes.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};
const lingering = 1000; // milliseconds, for callers that do not close their half
const keepAlive = 60_000;
const lastAnswers = 300; // milliseconds

/** Writes an answer and closes: not at once, since a connection closed on what was not yet read is reset, and the answer lost. */
export const endWith = (socket: Duplex, { status, reason, headers, body }: BareAnswer) => {
  const fields = { connection: 'close', ...headers, 'content-length': Buffer.byteLength(body) };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${reason}`, ...head, '', body].join('\r\n'));
  setTimeout(() => socket.destroy(), lingering).unref();
};

const isWebsocket = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';

/**
 * An HTTP server on the loopback address that no client can end: whatever breaks costs the connection that it came on.
 * `listen` rejects when the port is taken.
 */
export const createListener = ({ handle, upgrade, takesUpgrade = () => true, unreadable, log }: ListenerOptions) => {
  const upgraded = new Set<Duplex>();
  let isTaking = true;
  const responses = new WeakMap<Duplex, ServerResponse>();

  const server = createServer(
    {
      requireHostHeader: false,
      keepAliveTimeout: keepAlive,
      shouldUpgradeCallback: (request) => upgrade !== undefined && isWebsocket(request) && takesUpgrade(request),
    },
    (request, response) => {
      responses.set(request.socket, response);
      request.on('error', () => {}); // the caller has gone, or sends what cannot be read: its socket says so below
      response.on('error', () => {});
      if (!isTaking) {
        endWith(request.socket, unreadable(503, 'The local cloud is stopping.'));
        return;
      }
      const answering = async () => handle(request, response);
      answering().catch((error: Error) => {
        log(`A request could not be answered: ${error.stack}`);
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    },
  );
  server.on('connection', (socket: Socket) => socket.on('error', () => socket.destroy()));

  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket: Duplex) => {
    if (socket.writableEnded) return; // answered; this is the rest of what could not be read
    const response = responses.get(socket);
    const isAnswering = response?.headersSent && !response.writableFinished;
    if (isAnswering || !socket.writable || code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const [status, detail] = statusOf[code] ?? [400, 'The request is not HTTP that can be read.'];
    endWith(socket, unreadable(status, detail));
  });

  server.on('checkExpectation', ({ socket }: IncomingMessage) =>
    endWith(socket, unreadable(417, 'The only expectation that can be met is 100-continue.')),
  );

  server.on('connect', (_request: IncomingMessage, socket: Duplex) =>
    endWith(socket, unreadable(400, 'The local cloud is no proxy.')),
  );

  if (upgrade)
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      socket.on('error', () => socket.destroy());
      upgrade(request, socket, head);
    });

  return {
    /** Resolves to the port: for 0, one that was free. */
    listen: async (port: number): Promise<number> => {
      await once(server.listen(port, host), 'listening');
      return (server.address() as AddressInfo).port;
    },
    /** Takes no more requests; what is being answered goes on. */
    stopTaking: () => {
      isTaking = false;
      server.close();
      server.closeIdleConnections();
    },
    /** Ends all connections, those that are still being answered a moment later. */
    close: async () => {
      for (const socket of upgraded) socket.destroy();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.race([closed, delay(lastAnswers, undefined, { ref: false })]);
      server.closeAllConnections();
    },
  };
};

export type Listener = ReturnType<typeof createListener>;
