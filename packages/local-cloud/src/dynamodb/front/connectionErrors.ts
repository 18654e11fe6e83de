import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { endWithError, sendError, unreadable } from './errors.ts';

/** Requests that Node refuses before any handler has them are answered in DynamoDB's shape; broken sockets just end. */
export const answerConnectionErrors = (server: Server) => {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => responses.set(socket, response));

  server.on('clientError', ({ code, message }: NodeJS.ErrnoException, socket: Duplex) => {
    if (socket.writableEnded) return; // answered; this is the rest of what could not be read
    const response = responses.get(socket);
    const isAnswering = response?.headersSent && !response.writableFinished;
    if (isAnswering || !socket.writable || code === 'ECONNRESET') socket.destroy();
    else endWithError(socket, unreadable(message));
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) =>
    sendError(response, unreadable('The only expectation that can be met is 100-continue.'), { connection: 'close' }),
  );
};
