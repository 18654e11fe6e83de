import { randomUUID } from 'node:crypto';
import { principal } from '@app/auth';
import type { Operation } from '@app/contracts';
import type { HttpProblem } from '@app/http';
import { isColdStart, logger, recordRequest, takeCapacity } from '@app/observability';
import { bodyBytes, lowerCaseHeaders, methodOf } from './httpEvent.ts';
import type { HttpMiddleware, MiddyRequest } from './httpMiddleware.ts';

const failureOf = (problem: HttpProblem | undefined) =>
  problem && { problem: problem.slug, detail: problem.message, ...(problem.status >= 500 && { error: problem.cause }) };

const levelOf = (status: number) => (status >= 500 ? 'error' : 'info');

/**
 * Begins and ends every request: its id, the headers that every response carries, and one line when it is over.
 * Neither bodies nor tokens nor query strings are logged.
 */
export const requestLog = (operation: Pick<Operation, 'operationId' | 'path'>): HttpMiddleware => {
  const finish = (request: MiddyRequest) => {
    const { event, response, internal } = request;
    if (!response) return;
    const duration = performance.now() - internal.startedAt;
    const capacity = takeCapacity();
    Object.assign(response.headers, { 'x-request-id': internal.requestId });
    logger[levelOf(response.statusCode)]('request', {
      requestId: internal.requestId,
      lambdaRequestId: request.context.awsRequestId,
      operation: operation.operationId,
      method: methodOf(event),
      route: operation.path,
      subject: principal(event).subject,
      status: response.statusCode,
      requestBytes: internal.requestBytes,
      responseBytes: response.body ? Buffer.byteLength(response.body) : 0,
      durationMs: Math.round(duration * 100) / 100,
      coldStart: internal.coldStart,
      consumedCapacity: capacity,
      ...failureOf(internal.problem),
    });
    recordRequest({ operation: operation.operationId, status: response.statusCode, duration, capacity });
  };
  return {
    before: ({ event, internal }) => {
      internal.startedAt = performance.now();
      internal.requestId = randomUUID();
      internal.coldStart = isColdStart();
      takeCapacity(); // what an invocation that was cut off left behind
      lowerCaseHeaders(event);
      internal.requestBytes = bodyBytes(event); // before the parser replaces the body
    },
    after: finish,
    onError: finish,
  };
};
