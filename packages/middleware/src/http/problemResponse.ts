import {
  conflict,
  HttpProblem,
  idempotencyKeyReused,
  internalError,
  invalidCursor,
  preconditionFailed,
  problemDocument,
  problemTypes,
  serviceUnavailable,
} from '@app/http';
import { currentTrace, currentWork } from '@app/observability';
import {
  IdempotencyKeyReusedError,
  InvalidStartKeyError,
  StaleVersionError,
  UnavailableError,
  ValueTakenError,
} from '@app/resource';
import type { HttpMiddleware } from './httpMiddleware.ts';

/** Middy's body parser refuses with errors of its own, whose status changes between majors: ours is always 400. */
const isParserError = (error: unknown): error is Error & { statusCode: number } =>
  error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;

const malformedJson = (cause: unknown) =>
  new HttpProblem(
    problemTypes.malformedJson,
    'The body must be one JSON object, without the member names __proto__ and constructor.prototype',
    { errors: [{ in: 'body', pointer: '', detail: 'must be valid JSON' }], cause },
  );

/** What an error means to the caller. All that is not a refusal of ours is a 500 of which nothing leaks. */
export const toProblem = (error: unknown): HttpProblem => {
  if (error instanceof HttpProblem) return error;
  if (error instanceof StaleVersionError) return preconditionFailed();
  if (error instanceof ValueTakenError) return conflict(error.message);
  if (error instanceof IdempotencyKeyReusedError) return idempotencyKeyReused();
  if (error instanceof InvalidStartKeyError) return invalidCursor();
  if (isParserError(error)) return malformedJson(error);
  if (error instanceof UnavailableError) return serviceUnavailable(error);
  return internalError(error);
};

/** Has the work's line say what a caller was refused for; the cause is what it says of a fault of ours. */
export const reportProblem = ({ slug, message, status, cause }: HttpProblem): void => {
  const fault = status >= 500 && { error: cause ?? new Error(message) };
  Object.assign(currentWork()?.line ?? {}, { problem: slug, detail: message, ...fault });
};

/** Gives every error the shape of RFC 9457; http-error-handler, above it, renders what this leaves. */
export const problemResponse = (): HttpMiddleware => ({
  onError: (request) => {
    const problem = toProblem(request.error);
    const document = problemDocument(problem, currentTrace().requestId);
    reportProblem(problem);
    request.error = Object.assign(new Error(JSON.stringify(document)), {
      statusCode: problem.status,
      expose: true,
      headers: { ...problem.headers, 'Content-Type': 'application/problem+json' },
    });
  },
});
