import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { endWithProblem, type Problem, problemOf, sendProblem } from './problems.ts';

const unreadable: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: problemOf(431, 'The header fields are larger than a gateway takes.'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: problemOf(413, 'The chunk extensions are larger than a gateway takes.'),
  ERR_HTTP_REQUEST_TIMEOUT: problemOf(408, 'The request did not arrive in time.'),
};
const malformed = problemOf(400, 'The request is not HTTP that can be read.');

/** RFC 9112, section 3.2: a request of HTTP/1.1 names its host. */
export const lacksHost = ({ httpVersion, headers }: IncomingMessage): boolean =>
  httpVersion === '1.1' && headers.host === undefined;
export const withoutHost = problemOf(400, 'The request has no Host field.');

/** Requests that Node refuses by itself, before any handler has them, are answered with problems too. */
export const answerRequestErrors = (server: Server) => {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => responses.set(socket, response));

  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket: Duplex) => {
    if (socket.writableEnded) return; // answered; this is the rest of what could not be read
    const response = responses.get(socket);
    const isAnswering = response?.headersSent && !response.writableFinished;
    if (isAnswering || !socket.writable || code === 'ECONNRESET') socket.destroy();
    else endWithProblem(socket, unreadable[code] ?? malformed);
  });

  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) =>
    sendProblem(response, problemOf(417, 'The only expectation that can be met is 100-continue.'), {
      connection: 'close',
    }),
  );
};
