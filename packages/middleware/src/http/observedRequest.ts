import { principal } from '@app/auth';
import type { CompiledOperation } from '@app/contracts';
import { parseWait } from '@app/http';
import { type Measures, observed, recordRequest, startTrace } from '@app/observability';
import type { Context } from 'aws-lambda';
import { bodyBytes, type HttpEvent, type HttpResult, headerOf, lowerCaseHeaders, methodOf } from './httpEvent.ts';

/**
 * Observes an exchange: an id of its own, on its response and on every line, and one line when it is over. Neither bodies nor
 * tokens nor query strings are logged. The id is minted: an HTTP API's own is not unique everywhere, and a caller's cannot be
 * believed.
 */
export const observedRequest =
  (
    { operationId, path, headers }: Pick<CompiledOperation, 'operationId' | 'path' | 'headers'>,
    handler: (event: HttpEvent, context: Context) => Promise<HttpResult>,
  ) =>
  (event: HttpEvent, context: Context): Promise<HttpResult> => {
    lowerCaseHeaders(event);
    const trace = startTrace(headerOf(event, 'traceparent'));
    const details = {
      operation: operationId,
      method: methodOf(event),
      route: path,
      subject: principal(event).subject,
      requestBytes: bodyBytes(event), // before the parser replaces the body
    };
    const asksToWait = headers.includes('Prefer') && parseWait(headerOf(event, 'Prefer')) !== undefined;
    const record = ({ line, duration, capacity }: Measures) =>
      recordRequest({ operation: operationId, status: Number(line['status'] ?? 500), duration, capacity, asksToWait });
    return observed({ kind: 'request', trace, isRequest: true, context, details, record }, async ({ line }) => {
      const result = await handler(event, context);
      result.headers['x-request-id'] = trace.requestId;
      line['status'] = result.statusCode;
      line['responseBytes'] = result.body ? Buffer.byteLength(result.body) : 0;
      return result;
    });
  };
