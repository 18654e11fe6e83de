import type { Resources } from '../../framework/types.ts';
import type { Guard } from '../../guard/guard.ts';
import { createListener } from '../../http/listener.ts';
import { badRequest, refuseAsAws, refusedByGuard, unreadableAsAws } from '../../http/refusals.ts';
import { readTarget } from '../../http/target.ts';
import type { Api } from './api.ts';
import { createRestRefuse } from './gatewayResponses.ts';

interface ApiServerOptions {
  readonly guard: Guard;
  readonly resources: Resources;
  readonly log: (message: string) => void;
}

/** A service's own port: its API, in AWS's own words. */
export const createApiServer = (api: Api, { guard, resources, log }: ApiServerOptions) => {
  const refuse = api.isRest ? createRestRefuse(resources) : refuseAsAws;
  return createListener({
    log,
    unreadable: unreadableAsAws,
    handle: (request, response) => {
      const target = readTarget(request);
      const refusal = guard(request, api.allows(target?.path ?? '/'));
      if (refusal) return refuse(response, refusedByGuard(refusal));
      if (!target) return refuse(response, badRequest('The target of the request cannot be read.'));
      return api.handle(request, response, target, refuse);
    },
  });
};
