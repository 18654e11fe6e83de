import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';

export interface Api {
  readonly id: string;
  /** Of REST and WebSocket APIs: their URLs have it as their first part. */
  readonly stage: string | undefined;
}

export interface Apis {
  /** By the first part of their paths: `notes`. */
  readonly http: Readonly<Record<string, Api>>;
  readonly socket: Api | undefined;
}

const hostOf = ({ id }: Api, port: number) => `${id}.execute-api.localhost:${port}`;

/**
 * All APIs of a stage under one origin, as a custom domain puts them and as the local cloud's gateway does: `/ws` is the
 * WebSocket API. Resolves to the origin; the emulator tells APIs apart by the host, which resolves nowhere else.
 */
export const serveOneOrigin = async (port: number, apis: Apis) => {
  const apiFor = (url: string): { api: Api; path: string } | undefined => {
    const [, first = '', second = ''] = url.split(/[/?]/);
    const known = apis.http[first];
    if (known) return { api: known, path: known.stage === undefined ? url : `/${known.stage}${url}` };
    const staged = apis.http[second]; // a Location of a REST API has its stage
    return staged?.stage === first ? { api: staged, path: url } : undefined;
  };
  const server = createServer((request, response) => {
    const found = apiFor(request.url ?? '/') ?? { api: Object.values(apis.http)[0] as Api, path: request.url ?? '/' };
    const headers = { ...request.headers, host: hostOf(found.api, port) };
    const passed = httpRequest(
      { host: '127.0.0.1', port, path: found.path, method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const query = (request.url ?? '').split('?')[1];
    const api = apis.socket;
    if (!api) return socket.destroy();
    const target = connect(port, '127.0.0.1', () => {
      const path = `/${api.stage}${query === undefined ? '' : `?${query}`}`;
      const headers = { ...request.headers, host: hostOf(api, port) };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
      target.write([`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    for (const each of [socket, target])
      each.on('error', () => {
        socket.destroy();
        target.destroy();
      });
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
