import {
  IdempotencyKeyReusedError,
  InvalidStartKeyError,
  isUnavailable,
  StaleVersionError,
  ValueTakenError,
} from '@app/dynamodb';
import {
  conflict,
  HttpProblem,
  idempotencyKeyReused,
  internalError,
  invalidRequest,
  preconditionFailed,
  problemDocument,
  problemTypes,
  serviceUnavailable,
} from '@app/http';
import type { HttpMiddleware } from './httpMiddleware.ts';
import { traceOf } from './trace.ts';

/** Middy's body parser refuses with errors of its own, whose status changes between majors: ours is always 400. */
const isParserError = (error: unknown): error is Error & { statusCode: number } =>
  error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;

const malformedJson = (cause: unknown) =>
  new HttpProblem(
    problemTypes.malformedJson,
    'The body must be one JSON object, without the member names __proto__ and constructor.prototype',
    { errors: [{ in: 'body', pointer: '', detail: 'must be valid JSON' }], cause },
  );

const invalidCursor = () =>
  invalidRequest([{ in: 'query', pointer: '/cursor', detail: 'must be a nextCursor of this list, unaltered' }]);

/** What an error means to the caller. All that is not a refusal of ours is a 500 of which nothing leaks. */
export const toProblem = (error: unknown): HttpProblem => {
  if (error instanceof HttpProblem) return error;
  if (error instanceof StaleVersionError) return preconditionFailed();
  if (error instanceof ValueTakenError) return conflict(error.message);
  if (error instanceof IdempotencyKeyReusedError) return idempotencyKeyReused();
  if (error instanceof InvalidStartKeyError) return invalidCursor();
  if (isParserError(error)) return malformedJson(error);
  if (isUnavailable(error)) return serviceUnavailable(error);
  return internalError(error);
};

/** Gives every error the shape of RFC 9457; http-error-handler, above it, renders what this leaves. */
export const problemResponse = (): HttpMiddleware => ({
  onError: (request) => {
    const problem = toProblem(request.error);
    const document = problemDocument(problem, traceOf(request.event).requestId);
    request.internal.problem = problem;
    request.error = Object.assign(new Error(JSON.stringify(document)), {
      statusCode: problem.status,
      expose: true,
      headers: { ...problem.headers, 'Content-Type': 'application/problem+json' },
    });
  },
});
