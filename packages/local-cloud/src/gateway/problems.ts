import { randomUUID } from 'node:crypto';
import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemTypes } from '@app/http';

/** RFC 9457, as the services' own problems are (docs/architecture.md). */
export interface Problem {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly detail: string;
}

/** What a gateway says by itself, by status: one type each, though services may have more of one status. */
const types = new Map<number, readonly [status: number, slug: string, title: string]>(
  (
    [
      problemTypes.invalidRequest,
      problemTypes.unauthorized,
      problemTypes.forbidden,
      problemTypes.notFound,
      problemTypes.payloadTooLarge,
      problemTypes.unsupportedMediaType,
      problemTypes.tooManyRequests,
      problemTypes.internalError,
      problemTypes.serviceUnavailable,
      [502, 'bad-gateway', 'The service gave no answer that could be passed on'],
      [504, 'gateway-timeout', 'The service did not answer in time'],
    ] as const
  ).map((type) => [type[0], type]),
);

/** A problem of a status that gateways answer. Any other counts as a bad request, or as an error of ours. */
export const problemOf = (status: number, detail: string): Problem => {
  const fallback = status < 500 ? problemTypes.invalidRequest : problemTypes.internalError;
  const [, slug, title] = types.get(status) ?? fallback;
  return { status, slug, title, detail };
};

const render = ({ status, slug, title, detail }: Problem) => {
  const requestId = randomUUID();
  const body = JSON.stringify({ type: `/problems/${slug}`, title, status, detail, requestId });
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  };
  return { body, headers };
};

/** Answers with a problem, unless an answer has begun: then the connection is cut, so that nobody takes the part for the whole. */
export const sendProblem = (response: ServerResponse, problem: Problem, headers: OutgoingHttpHeaders = {}) => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { body, headers: own } = render(problem);
  response.writeHead(problem.status, { 'cache-control': 'no-store', ...headers, ...own });
  response.end(body);
};

const lingering = 1000; // for callers that do not close their half

/** Answers with a problem where there is no response to write to, and closes the connection. */
export const endWithProblem = (socket: Duplex, problem: Problem) => {
  const { body, headers } = render(problem);
  const fields = Object.entries({ connection: 'close', 'cache-control': 'no-store', ...headers });
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // not at once: a connection closed on what was not yet read is reset, and the answer lost with it
  setTimeout(() => socket.destroy(), lingering).unref();
};
