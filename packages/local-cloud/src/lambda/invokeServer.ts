import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guard } from '../guard/guard.ts';
import { createListener } from '../http/listener.ts';
import { readBody, textOf } from '../http/readBody.ts';
import { refuseAsAws, refusedByGuard, sendWhole, unreadableAsAws } from '../http/refusals.ts';
import { decodeLeniently, readTarget } from '../http/target.ts';
import type { Functions } from './functions/functions.ts';

const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const largestEvent = 6 * 1024 * 1024; // bytes

const sendError = (response: ServerResponse, status: number, type: string, Message: string) =>
  sendWhole(
    response,
    status,
    { 'content-type': 'application/json', 'x-amzn-errortype': type },
    JSON.stringify({ Type: 'User', Message, message: Message }),
  );

/** A function's name, also where it is asked for by ARN or with a qualifier. */
const nameIn = (text: string) => {
  const decoded = decodeLeniently(text);
  const [, ofArn] = /(?:^|:)function:([^:]+)/.exec(decoded) ?? [];
  return ofArn ?? decoded.split(':', 1)[0] ?? '';
};

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

interface Asked {
  readonly functions: Functions;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly name: string;
}

const invoke = async ({ functions, request, response, name }: Asked) => {
  if (!functions.has(name)) return sendError(response, 404, 'ResourceNotFoundException', `Function not found: ${name}`);
  const body = await readBody(request).catch(() => undefined);
  if (!body || body.length > largestEvent)
    return sendError(response, 413, 'RequestTooLargeException', `The event is larger than ${largestEvent} bytes.`);
  const event = textOf(body) ?? '';
  const type = String(request.headers['x-amz-invocation-type'] ?? 'RequestResponse');
  if (body.length > 0 && !isJson(event))
    return sendError(response, 400, 'InvalidRequestContentException', 'Could not parse request body into json.');
  if (type === 'DryRun') return sendWhole(response, 204, {}, '');
  const running = functions.invoke(name, body.length > 0 ? event : '{}');
  if (type === 'Event') return sendWhole(response, 202, {}, '');
  const outcome = await running;
  const hasFailed = 'error' in outcome;
  return sendWhole(
    response,
    200,
    {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(hasFailed && { 'x-amz-function-error': 'Unhandled' }),
    },
    hasFailed ? JSON.stringify(outcome.error) : outcome.payload,
  );
};

/** Lambda's Invoke, for tools. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const createInvokeServer = (
  functions: Functions,
  { guard, log }: { guard: Guard; log: (message: string) => void },
) =>
  createListener({
    log,
    unreadable: unreadableAsAws,
    handle: (request, response) => {
      const target = readTarget(request);
      const refusal = guard(request);
      if (refusal) return refuseAsAws(response, refusedByGuard(refusal));
      const [, name] = invocations.exec(target?.path ?? '') ?? [];
      if (name === undefined || request.method !== 'POST')
        return sendError(response, 404, 'UnknownOperationException', 'Only Invoke is served here.');
      return invoke({ functions, request, response, name: nameIn(name) });
    },
  });
