/** Where in a request a violation is: OpenAPI's `in`, and `body`. `pointer` is a JSON Pointer (RFC 6901) into that part. */
export interface Violation {
  readonly in: 'body' | 'query' | 'path' | 'header';
  readonly pointer: string;
  readonly detail: string;
}

interface ProblemOptions {
  readonly errors?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal that the caller may see, as RFC 9457 has it: the slug makes its `type`. The cause is for the log alone. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly errors: readonly Violation[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor([status, slug, title]: ProblemType, detail: string, { errors, headers, cause }: ProblemOptions = {}) {
    super(detail, { cause });
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.errors = errors;
    this.headers = headers ?? {};
  }
}

type ProblemType = readonly [status: number, slug: string, title: string];

/** Every problem that a service answers with: its status, the slug of its type, its title. */
export const problemTypes = {
  invalidRequest: [400, 'invalid-request', 'The request is not valid'],
  malformedJson: [400, 'malformed-json', 'The body is not valid JSON'],
  unauthorized: [401, 'unauthorized', 'A valid token is required'],
  forbidden: [403, 'forbidden', 'The caller is not allowed to do this'],
  notFound: [404, 'not-found', 'There is no such resource'],
  conflict: [409, 'conflict', 'The request conflicts with the state of the resource'],
  preconditionFailed: [412, 'precondition-failed', 'The resource is not as the caller expects'],
  payloadTooLarge: [413, 'payload-too-large', 'The body is too large'],
  unsupportedMediaType: [415, 'unsupported-media-type', 'The media type is not supported'],
  idempotencyKeyReused: [422, 'idempotency-key-reused', 'The Idempotency-Key was used for another request'],
  tooManyRequests: [429, 'too-many-requests', 'Too many requests'],
  internalError: [500, 'internal-error', 'Something went wrong on our side'],
  deadLettered: [500, 'dead-lettered', 'The request has not been carried out'],
  serviceUnavailable: [503, 'service-unavailable', 'The service is not available for the moment'],
} as const satisfies Record<string, ProblemType>;

export const notFound = (resource: string, id: string) =>
  new HttpProblem(problemTypes.notFound, `${resource} ${id} does not exist`);

export const conflict = (detail: string) => new HttpProblem(problemTypes.conflict, detail);

export const invalidRequest = (errors: readonly Violation[], detail = 'The request does not match its contract') =>
  new HttpProblem(problemTypes.invalidRequest, detail, { errors });

export const invalidHeader = (name: string, detail: string) =>
  invalidRequest([{ in: 'header', pointer: `/${name}`, detail }]);

export const preconditionFailed = () =>
  new HttpProblem(problemTypes.preconditionFailed, 'The resource has changed: no entity tag of If-Match is its own');

export const idempotencyKeyReused = (difference = 'body') =>
  new HttpProblem(problemTypes.idempotencyKeyReused, `The same Idempotency-Key came with another ${difference}`);

/** What a request ends as that was tried in vain: an operator may still try it again (docs/runbooks/dead-letters.md). */
export const deadLettered = () =>
  new HttpProblem(
    problemTypes.deadLettered,
    'Every attempt failed, and the request was put aside. It may still be carried out, once the cause is removed',
  );

/** What a request ends as that nobody has completed in time: whether its command waits, is put aside or lost, nobody knows. */
export const overdue = () =>
  new HttpProblem(
    problemTypes.deadLettered,
    'The request was not carried out within 15 minutes. It may still be, unless it was lost: sent again under the same Idempotency-Key, it is carried out once',
  );

/** `retryAfter` in seconds. */
export const serviceUnavailable = (cause: unknown, retryAfter = 1) =>
  new HttpProblem(problemTypes.serviceUnavailable, 'The request could not be served in time: try again shortly', {
    headers: { 'Retry-After': String(retryAfter) },
    cause,
  });

export const internalError = (cause: unknown) =>
  new HttpProblem(problemTypes.internalError, 'The request failed; its id leads to the cause', { cause });

/** Unwraps a look-up: absence is a 404. */
export const orNotFound = <T>(value: T | undefined, resource: string, id: string): T => {
  if (value === undefined) throw notFound(resource, id);
  return value;
};

interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Violation[];
}

/** The problem that `problemDocument` made a document of. */
export const problemFrom = (
  { type, title, status, detail, errors }: ProblemDocument,
  headers: Readonly<Record<string, string>> = {},
): HttpProblem =>
  new HttpProblem([status, type.replace('/problems/', ''), title], detail, { ...(errors && { errors }), headers });

/** The problem as the members of an `application/problem+json` body. */
export const problemDocument = ({ slug, title, status, message, errors }: HttpProblem, requestId: string) => ({
  type: `/problems/${slug}`,
  title,
  status,
  detail: message,
  requestId,
  ...(errors && { errors: [...errors] }),
});
