import { type FaultRequest, problemsOf } from '../faults/fault.ts';
import { readBody, textOf } from '../http/readBody.ts';
import { sendJson, sendProblem } from './answers.ts';
import { type Endpoint, functionsOf } from './endpoint.ts';

export const listFaults: Endpoint = ({ faults, response }) => sendJson(response, { faults: faults.list() });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const addFault: Endpoint = async ({ faults, judge, request, response }) => {
  const body = await readBody(request).catch(() => undefined);
  const given = parsed((body && textOf(body)) ?? '');
  const problems = problemsOf(given, functionsOf(judge));
  if (problems.length > 0) return sendProblem(response, 400, `${problems.join('. ')}.`);
  return sendJson(response, faults.add(given as FaultRequest), 201);
};

export const removeFault: Endpoint = ({ faults, response, id }) => {
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
