import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ProxyServer } from 'httpxy';

/** Where clients of any WebSocket API connect, under the gateway's own origin. */
export const websocketPath = '/ws';

const refuse = (socket: Socket, status: string) =>
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);

/** Passes upgrades of `/ws`, with their query, on to the service that `target` names. Resolves to what cuts all that are open. */
export const passUpgrades = (server: Server, proxy: ProxyServer, target: () => string | undefined) => {
  const open = new Set<Socket>();
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const url = target();
    socket.on('error', () => socket.destroy()); // the caller has gone
    if (request.url?.split('?', 1)[0] !== websocketPath) refuse(socket, '404 Not Found');
    else if (!url) refuse(socket, '503 Service Unavailable');
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
