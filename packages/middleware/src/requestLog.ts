import { principal } from '@app/auth';
import type { Operation } from '@app/contracts';
import type { HttpProblem } from '@app/http';
import { isColdStart, logger, recordRequest, takeCapacity, traceIdOf } from '@app/observability';
import { bodyBytes, headerOf, lowerCaseHeaders, methodOf } from './httpEvent.ts';
import type { HttpMiddleware, MiddyRequest } from './httpMiddleware.ts';
import { beginTrace, commandOf, traceOf } from './trace.ts';

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
    const trace = traceOf(event);
    const command = commandOf(event);
    Object.assign(response.headers, { 'x-request-id': trace.requestId });
    logger[levelOf(response.statusCode)]('request', {
      requestId: trace.requestId,
      ...(command && { commandRequestId: command.requestId }),
      traceId: traceIdOf(trace),
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
      internal.coldStart = isColdStart();
      takeCapacity(); // what an invocation that was cut off left behind
      lowerCaseHeaders(event);
      beginTrace(event, headerOf(event, 'traceparent'));
      internal.requestBytes = bodyBytes(event); // before the parser replaces the body
    },
    after: finish,
    onError: finish,
  };
};
