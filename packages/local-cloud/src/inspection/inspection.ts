import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FaultRequest, problemsOf } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import { inspectionPath } from '../gateway/gateway.ts';
import { createGuard } from '../guard/guard.ts';
import { readBody, textOf } from '../http/readBody.ts';
import { decodeLeniently, type Target } from '../http/target.ts';
import type { Judge } from '../iam/judge.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { sendJson, sendProblem } from './answers.ts';
import { readFilter, search } from './filters.ts';
import { follow } from './follow.ts';

/** What tools send along with a request that changes something; no page of another site can. */
export const toolHeader = 'x-local-tool';

export interface InspectionMeans {
  readonly recorder: Recorder;
  readonly judge: Judge;
  readonly faults: Faults;
}

interface Asked extends InspectionMeans {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** What stands behind the resource's name. */
  readonly id: string | undefined;
}

type Endpoint = (asked: Asked) => Promise<void> | void;

const nameOf = ({ role: { service, key } }: ReturnType<Judge['holders']>[number]) => `${service}:${key}`;
const functionsOf = (judge: Judge) => judge.holders().map(nameOf);

const knownTo = (judge: Judge) => ({
  services: [...new Set([...judge.holders().map(({ role }) => role.service), 'tool'])],
  functions: functionsOf(judge),
});

const latest = 10;

const listTraces: Endpoint = async ({ recorder, judge, response, query }) => {
  const filter = readFilter(query, knownTo(judge));
  if ('problems' in filter) return sendProblem(response, 400, `${filter.problems.join('. ')}.`);
  return sendJson(response, { traces: await search(recorder.ring.newestFirst(), filter) });
};

const showTrace: Endpoint = ({ recorder, response, id = '' }) => {
  const found = recorder.ring.find(id);
  if (found)
    return sendJson(response, {
      summary: found.summary,
      dropped: found.dropped,
      spans: found.spans.map((span) => JSON.parse(span) as unknown),
    });
  const summaries = recorder.ring.newestFirst().map(({ summary }) => summary);
  const requests = summaries.filter(({ requestId }) => requestId !== undefined);
  const named = [...requests, ...summaries].map(({ requestId, traceId }) => requestId ?? traceId);
  const ids = [...new Set(named)].slice(0, latest);
  const known = ids.length === 0 ? 'Nothing has been recorded yet.' : `The latest are ${ids.join(', ')}.`;
  return sendProblem(response, 404, `There is no trace of ${JSON.stringify(id)}. ${known}`);
};

const followSpans: Endpoint = ({ recorder, judge, request, response, query }) => {
  const filter = readFilter(query, knownTo(judge));
  if ('problems' in filter) return sendProblem(response, 400, `${filter.problems.join('. ')}.`);
  return follow(recorder, { request, response, filter });
};

const showRights: Endpoint = ({ judge, response, id }) => {
  const all = judge.holders();
  const found = id === undefined ? all : all.filter((holder) => nameOf(holder) === id);
  if (found.length === 0 && id !== undefined)
    return sendProblem(
      response,
      404,
      `There is no function ${JSON.stringify(id)}: there are ${functionsOf(judge).join(', ')}.`,
    );
  const functions = found.map((holder) => ({
    function: nameOf(holder),
    name: holder.role.functionName,
    used: holder.ledger.used(),
    granted: holder.ledger.granted(),
  }));
  return sendJson(response, { functions });
};

const listFaults: Endpoint = ({ faults, response }) => sendJson(response, { faults: faults.list() });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const addFault: Endpoint = async ({ faults, judge, request, response }) => {
  const body = await readBody(request).catch(() => undefined);
  const given = parsed((body && textOf(body)) ?? '');
  const problems = problemsOf(given, functionsOf(judge));
  if (problems.length > 0) return sendProblem(response, 400, `${problems.join('. ')}.`);
  return sendJson(response, faults.add(given as FaultRequest), 201);
};

const removeFault: Endpoint = ({ faults, response, id }) => {
  if (id === undefined) faults.clear();
  else if (!faults.remove(id)) {
    const ids = faults.list().map((fault) => fault.id);
    return sendProblem(
      response,
      404,
      `There is no fault ${JSON.stringify(id)}: there are ${ids.join(', ') || 'none'}.`,
    );
  }
  return sendJson(response, { faults: faults.list() });
};

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
