import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Api } from '../apigateway/http/api.ts';
import type { AllowsOrigin, Guard } from '../guard/guard.ts';
import { createListener, endWith, type Upgrade } from '../http/listener.ts';
import { badRequest, noRoute, type Refusal, refusedByGuard } from '../http/refusals.ts';
import { readTarget, type Target } from '../http/target.ts';
import { type Page, renderPage } from './page.ts';
import { bareProblem, refuseAsProblem } from './problems.ts';
import { ownerOf } from './routes.ts';

/** Where clients of any WebSocket API connect, under the gateway's own origin. */
export const websocketPath = '/ws';

/** Where the gateway answers for the local cloud itself. */
export const inspectionPath = '/_local/';

type Inspect = (request: IncomingMessage, response: ServerResponse, target: Target) => Promise<void>;

/** A service as the gateway knows it. */
export interface GatewayService {
  readonly api: Api;
  /** The path prefixes that are the service's. */
  readonly paths: readonly string[];
  /** Opens connections to its WebSocket API, if it has one. */
  readonly upgrade?: Upgrade | undefined;
}

const starting: Refusal = {
  status: 503,
  message: 'Service Unavailable',
  restType: 'DEFAULT_5XX',
  detail: 'The local cloud is still starting.',
};

interface GatewayOptions {
  readonly guard: Guard;
  /** Answers for the local cloud itself, under a path of its own. */
  readonly inspect?: Inspect;
  readonly log: (message: string) => void;
}

/** Every service under one origin; what the gateway says by itself is a problem (RFC 9457). */
export const createGateway = ({ guard, inspect, log }: GatewayOptions) => {
  const services = new Map<string, GatewayService>();
  const prefixes = new Map<string, readonly string[]>();
  let page: Page | undefined;

  /** Of a path that is no service's, pages may hear that there is nothing if they may call any service. */
  const allowsAt = (path: string, owner: GatewayService | undefined): AllowsOrigin =>
    owner ? owner.api.allows(path) : (origin) => [...services.values()].some(({ api }) => api.allows(path)(origin));

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const target = readTarget(request);
    const { path = '/' } = target ?? {};
    if (inspect && target && path.startsWith(inspectionPath)) return inspect(request, response, target);
    const owner = services.get(ownerOf(prefixes, path) ?? '');
    const refusal = guard(request, allowsAt(path, owner));
    if (refusal) return refuseAsProblem(response, refusedByGuard(refusal));
    if (!target) return refuseAsProblem(response, badRequest('The target of the request cannot be read.'));
    if (owner) return owner.api.handle(request, response, target, refuseAsProblem);
    const cors = [...services.values()].map(({ api }) => api.corsFor(request.headers.origin));
    const headers = cors.find((each) => 'access-control-allow-origin' in each);
    if (!page) return refuseAsProblem(response, starting, headers);
    const { method = 'GET' } = request;
    if (path === '/' && (method === 'GET' || method === 'HEAD')) return renderPage(response, page);
    return refuseAsProblem(response, noRoute(method, path), headers);
  };

  const upgrade: Upgrade = (request, socket, head) => {
    const service = [...services.values()].find((each) => each.upgrade);
    if (service?.upgrade) service.upgrade(request, socket, head);
    else endWith(socket, bareProblem(503, 'No service with a WebSocket API has started.'));
  };

  const listener = createListener({
    handle,
    upgrade,
    takesUpgrade: (request) => readTarget(request)?.path === websocketPath,
    unreadable: bareProblem,
    log,
  });

  return {
    ...listener,
    /** From now on a service's routes are answered. */
    add: (name: string, service: GatewayService) => {
      services.set(name, service);
      prefixes.set(name, service.paths);
    },
    /** All services are there: an unknown route is a 404 from now on, no longer a 503. */
    complete: (finished: Page) => {
      page = finished;
    },
  };
};

export type Gateway = ReturnType<typeof createGateway>;
