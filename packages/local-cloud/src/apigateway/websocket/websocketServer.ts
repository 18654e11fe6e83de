import type { Gate } from '../../gate/gate.ts';
import type { AllowsOrigin, Guard } from '../../guard/guard.ts';
import { createListener, endWith, type Upgrade } from '../../http/listener.ts';
import { badRequest, noRoute, refuseAsAws, refusedByGuard, unreadableAsAws } from '../../http/refusals.ts';
import { decodeLeniently, readTarget } from '../../http/target.ts';
import { manage } from './management.ts';
import type { WebsocketApi } from './websocketApi.ts';

interface WebsocketServerOptions {
  readonly gate: Gate;
  readonly guard: Guard;
  /** The origins whose pages may connect. */
  readonly allows: AllowsOrigin;
  readonly log: (message: string) => void;
}

/** Has an API take offers to speak WebSocket, whatever their path, from whom the guard lets in. */
export const createUpgrade =
  (api: WebsocketApi, { guard, allows, log }: Omit<WebsocketServerOptions, 'gate'>): Upgrade =>
  (request, socket, head) => {
    const target = readTarget(request);
    const refusal = guard(request, allows);
    if (refusal || !target) return endWith(socket, unreadableAsAws(refusal?.status ?? 400));
    api.upgrade(request, socket, { head, target }).catch((error: Error) => {
      log(`A WebSocket could not be opened: ${error.stack}`);
      socket.destroy();
    });
  };

const managed = /(?:^|\/)@connections\/([^/]+)$/;

/** A service's WebSocket port: connections, and the management API for whoever posts to them. */
export const createWebsocketServer = (api: WebsocketApi, options: WebsocketServerOptions) =>
  createListener({
    log: options.log,
    unreadable: unreadableAsAws,
    upgrade: createUpgrade(api, options),
    handle: (request, response) => {
      const target = readTarget(request);
      const refusal = options.guard(request);
      if (refusal) return refuseAsAws(response, refusedByGuard(refusal));
      if (!target) return refuseAsAws(response, badRequest('The target of the request cannot be read.'));
      const connectionId = managed.exec(target.path)?.[1];
      const { method = 'GET' } = request;
      if (connectionId === undefined || !['DELETE', 'GET', 'POST'].includes(method))
        return refuseAsAws(response, noRoute(method, target.path));
      return manage(api, options.gate, { request, response, connectionId: decodeLeniently(connectionId) });
    },
  });
