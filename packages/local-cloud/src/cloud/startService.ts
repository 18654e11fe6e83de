import { type Api, createApi } from '../apigateway/http/api.ts';
import { createApiServer } from '../apigateway/http/apiServer.ts';
import type { ShowLinks } from '../apigateway/http/publicLinks.ts';
import { socketRoutesOf } from '../apigateway/websocket/routes.ts';
import { createWebsocketApi } from '../apigateway/websocket/websocketApi.ts';
import { createUpgrade, createWebsocketServer } from '../apigateway/websocket/websocketServer.ts';
import type { Serverless } from '../framework/types.ts';
import type { Gate } from '../gate/gate.ts';
import type { Listing } from '../gateway/page.ts';
import { prefixesOf } from '../gateway/routes.ts';
import type { Guard } from '../guard/guard.ts';
import type { Listener, Upgrade } from '../http/listener.ts';
import type { Functions } from '../lambda/functions/functions.ts';
import { createInvokeServer } from '../lambda/invokeServer.ts';
import { host } from '../process/portCheck.ts';
import type { ServicePorts } from '../process/ports.ts';
import type { Recorder } from '../recorder/recorder.ts';

interface ServiceOptions {
  readonly ports: ServicePorts;
  readonly functions: Functions;
  readonly guard: Guard;
  readonly showLinks: ShowLinks;
  readonly gate: Gate;
  readonly recorder: Recorder;
  readonly log: (message: string) => void;
}

/** A service that listens on its own ports. */
export interface RunningService {
  readonly api: Api;
  readonly upgrade: Upgrade | undefined;
  readonly listing: Listing;
  readonly listeners: readonly Pick<Listener, 'stopTaking' | 'close'>[];
}

/** The WebSocket API, if the service has one. Pages may connect that may call its HTTP API. */
const startWebsockets = async (serverless: Serverless, api: Api, service: ServiceOptions) => {
  const { ports, functions, guard, gate, recorder, log } = service;
  if (socketRoutesOf(serverless).size === 0) return undefined;
  const sockets = createWebsocketApi(serverless, functions, recorder);
  const options = { guard, gate, allows: api.allows('/'), log };
  const server = createWebsocketServer(sockets, options);
  await server.listen(ports.websocket);
  const close = async () => {
    sockets.close();
    await server.close();
  };
  return { upgrade: createUpgrade(sockets, options), listener: { ...server, close } };
};

/** Has a service listen: its API, its WebSocket API, and Lambda's Invoke for its functions. */
export const startService = async (
  name: string,
  serverless: Serverless,
  options: ServiceOptions,
): Promise<RunningService> => {
  const { ports, functions, guard, showLinks, recorder, log } = options;
  const api = createApi(serverless, functions, { showLinks, recorder });
  const server = createApiServer(api, { guard, log, resources: serverless.service.resources?.Resources ?? {} });
  const invoke = createInvokeServer(functions, { guard, log });
  await Promise.all([server.listen(ports.http), invoke.listen(ports.lambda)]);
  const websockets = await startWebsockets(serverless, api, options);
  return {
    api,
    upgrade: websockets?.upgrade,
    listing: {
      name,
      url: `http://${host}:${ports.http}`,
      websocket: websockets && `http://${host}:${ports.websocket}`,
      paths: prefixesOf(serverless),
    },
    listeners: [server, invoke, ...(websockets ? [websockets.listener] : [])],
  };
};
