import { type Principal, principal } from '@app/auth';
import type { CompiledOperation, Operation, RequestOf, ResponseOf } from '@app/contracts';
import { type HttpResponse, identityOf, parseIfMatch, parseWait } from '@app/http';
import type { Trace } from '@app/observability';
import type { Identity, Version } from '@app/resource';
import { beginCommand } from './beginCommand.ts';
import { basePathOf, headerOf, pathOf } from './httpEvent.ts';
import { httpPipeline } from './httpPipeline.ts';
import { paging } from './paging.ts';
import { readRequest } from './readRequest.ts';
import { toResult } from './toResult.ts';

type Uses<O extends Operation, Header extends string> = O['request'] extends { headers: readonly (infer Used)[] }
  ? Header extends Used
    ? true
    : false
  : false;

/** An operation that answers 202 leaves the rest to others: what they do is followed by its request's id. */
type Accepts<O extends Operation> = O['responses'] extends { 202: unknown } ? true : false;

/** An operation whose query takes a cursor answers with a page. */
type Lists<O extends Operation> =
  RequestOf<O> extends { query: infer Query } ? ('cursor' extends keyof Query ? true : false) : false;

/** What a handler gets besides the contract's parts, for the headers and parameters that its operation names. */
type Extras<O extends Operation> = (Uses<O, 'Idempotency-Key'> extends true ? { identity: Identity } : unknown) &
  (Uses<O, 'If-Match'> extends true ? { ifMatch: readonly Version[] | undefined } : unknown) &
  (Uses<O, 'Prefer'> extends true ? { wait: number | undefined } : unknown) &
  (Accepts<O> extends true ? { trace: Trace } : unknown) &
  (Lists<O> extends true ? { page: { limit: number; after: readonly string[] | undefined } } : unknown);

export type HttpRequest<O extends Operation> = RequestOf<O> & Extras<O>;

/** A documented response; the page's last key and headers of the response's own may come with it. */
type Answer<O extends Operation> = ResponseOf<O> & Pick<HttpResponse, 'headers' | 'lastKey' | 'location'>;

/**
 * Turns one operation into a Lambda handler for HTTP and REST APIs. Requests are validated before `handle` sees them;
 * what it throws becomes a problem (RFC 9457), and a status or body that the operation does not document does not compile.
 */
export const createHttpHandler = <O extends Operation>(
  operation: CompiledOperation<O>,
  handle: (request: HttpRequest<O>, caller: Principal) => Promise<Answer<O>>,
) => {
  const { headers, accepts } = operation;
  const isList = Object.hasOwn(operation.query, 'cursor');

  return httpPipeline(operation, async (event) => {
    const caller = principal(event);
    const ifMatch = headers.includes('If-Match') ? parseIfMatch(headerOf(event, 'If-Match')) : undefined;
    const identity = headers.includes('Idempotency-Key')
      ? identityOf(caller.subject, headerOf(event, 'Idempotency-Key'), event.body) // the body as sent: no defaults yet
      : undefined;
    const request = readRequest(event, operation);
    const trace = accepts ? beginCommand(identity?.id) : undefined;
    const wait = parseWait(headerOf(event, 'Prefer'));
    const list = isList ? paging(event, operation, caller.subject, request.query) : undefined;
    const extras = { ifMatch, identity, wait, trace, page: list?.page }; // those that `Extras` names for the operation
    const answer: HttpResponse = await handle({ ...request, ...extras } as HttpRequest<O>, caller);
    const result = toResult(event, list ? list.withNext(answer) : answer);
    if (answer.location) result.headers.Location = `${basePathOf(event, operation.path)}${answer.location}`;
    else if (identity && result.statusCode === 201) result.headers.Location = `${pathOf(event)}/${identity.id}`;
    return result;
  });
};
