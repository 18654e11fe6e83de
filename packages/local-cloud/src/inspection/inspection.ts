import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspectionPath } from '../gateway/gateway.ts';
import { createGuard } from '../guard/guard.ts';
import { decodeLeniently, type Target } from '../http/target.ts';
import { sendProblem } from './answers.ts';
import type { Endpoint, InspectionMeans } from './endpoint.ts';
import { addFault, listFaults, removeFault } from './faults.ts';
import { showRights } from './rights.ts';
import { followSpans, listTraces, showTrace } from './traces.ts';

/** What tools send along with a request that changes something; no page of another site can. */
export const toolHeader = 'x-local-tool';

/** By method and resource; `/:id` where something stands behind it. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET traces': listTraces,
  'GET traces/:id': showTrace,
  'GET events': followSpans,
  'GET iam': showRights,
  'GET iam/:id': showRights,
  'GET faults': listFaults,
  'POST faults': addFault,
  'DELETE faults': removeFault,
  'DELETE faults/:id': removeFault,
};

/** Of loopback names only, whatever other hosts the cloud answers for. */
const guard = createGuard();

const mayChange = ({ headers }: IncomingMessage) => headers.origin !== undefined || headers[toolHeader] !== undefined;

/**
 * What the local cloud knows, over HTTP: for pages of the gateway's own origin and for tools on this machine. There is no
 * CORS; a request that changes something says that it is of that origin, or has a header that other pages cannot send.
 */
export const createInspection =
  (means: InspectionMeans) =>
  async (request: IncomingMessage, response: ServerResponse, { path, query }: Target): Promise<void> => {
    const refusal = guard(request);
    if (refusal) return sendProblem(response, refusal.status, refusal.detail);
    const { method = 'GET' } = request;
    const [resource = '', ...rest] = path.slice(inspectionPath.length).split('/');
    const id = rest.length === 0 ? undefined : decodeLeniently(rest.join('/'));
    const name = id === undefined ? resource : `${resource}/:id`;
    const found = endpoints[`${method} ${name}`];
    if (!found)
      return sendProblem(
        response,
        404,
        `There is no ${method} ${path}: there are ${Object.keys(endpoints).join(', ')}, each under ${inspectionPath}.`,
      );
    if (method !== 'GET' && !mayChange(request))
      return sendProblem(response, 403, `A request that changes something needs the header ${toolHeader}.`);
    if (!means.recorder.isKept && (resource === 'traces' || resource === 'events'))
      return sendProblem(response, 404, 'Nothing is recorded: the local cloud was started with --no-record.');
    return found({ ...means, request, response, query: new URLSearchParams(query), id });
  };

export type Inspection = ReturnType<typeof createInspection>;
