import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ProxyServer } from 'httpxy';
import { endWithProblem, problemOf } from './problems.ts';

/** Where clients of any WebSocket API connect, under the gateway's own origin. */
export const websocketPath = '/ws';

const elsewhere = problemOf(404, `WebSockets are opened on ${websocketPath}.`);
const notYet = problemOf(503, 'No service with a WebSocket API has started.');

/** Passes upgrades of `/ws`, with their query, on to the service that `target` names. Resolves to what cuts all that are open. */
export const passUpgrades = (server: Server, proxy: ProxyServer, target: () => string | undefined) => {
  const open = new Set<Socket>();
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const url = target();
    socket.on('error', () => socket.destroy()); // the caller has gone
    if (request.url?.split('?', 1)[0] !== websocketPath) endWithProblem(socket, elsewhere);
    else if (!url) endWithProblem(socket, notYet);
    else {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      proxy.ws(request, socket, { target: url }, head).catch(() => socket.destroy());
    }
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
};
