import { STATUS_CODES } from 'node:http';
import type { Guard } from '../guard/guard.ts';
import type { Resources } from '../serverless/types.ts';
import type { Api } from './api.ts';
import { createRestRefuse } from './gatewayResponses.ts';
import { type BareAnswer, createListener } from './listener.ts';
import { badRequest, refuseAsAws, refusedByGuard } from './refusals.ts';
import { readTarget } from './target.ts';

/** What cannot be read is answered as AWS's own servers do. */
export const unreadableAsAws = (status: number): BareAnswer => {
  const reason = STATUS_CODES[status] ?? '';
  return { status, reason, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: reason }) };
};

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
