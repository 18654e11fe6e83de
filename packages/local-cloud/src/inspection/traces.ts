import type { Judge } from '../iam/judge.ts';
import { sendJson, sendProblem } from './answers.ts';
import { type Endpoint, functionsOf } from './endpoint.ts';
import { readFilter, search } from './filters.ts';
import { follow } from './follow.ts';

const knownTo = (judge: Judge) => ({
  services: [...new Set([...judge.holders().map(({ role }) => role.service), 'tool'])],
  functions: functionsOf(judge),
});

const latest = 10;

export const listTraces: Endpoint = async ({ recorder, judge, response, query }) => {
  const filter = readFilter(query, knownTo(judge));
  if ('problems' in filter) return sendProblem(response, 400, `${filter.problems.join('. ')}.`);
  return sendJson(response, { traces: await search(recorder.ring.newestFirst(), filter) });
};

export const showTrace: Endpoint = ({ recorder, response, id = '' }) => {
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

export const followSpans: Endpoint = ({ recorder, judge, request, response, query }) => {
  const filter = readFilter(query, knownTo(judge));
  if ('problems' in filter) return sendProblem(response, 400, `${filter.problems.join('. ')}.`);
  return follow(recorder, { request, response, filter });
};
