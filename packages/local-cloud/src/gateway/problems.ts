import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { problemTypes } from '@app/http';

/** RFC 9457, as the services' own problems are (docs/architecture.md). */
export interface Problem {
  readonly status: number;
  readonly slug: string;
  readonly title: string;
  readonly detail: string;
}

/** What only gateways say, besides what services say. */
const ofGateways = [
  [502, 'bad-gateway', 'The service gave no answer that could be passed on'],
  [504, 'gateway-timeout', 'The service did not answer in time'],
] as const;
const types = new Map<number, readonly [status: number, slug: string, title: string]>(
  [...Object.values(problemTypes), ...ofGateways].map((type) => [type[0], type]),
);

/** A problem of a status that gateways answer. Any other counts as a bad request, or as an error of ours. */
export const problemOf = (status: number, detail: string): Problem => {
  const fallback = status < 500 ? problemTypes.invalidRequest : problemTypes.internalError;
  const [, slug, title] = types.get(status) ?? fallback;
  return { status, slug, title, detail };
};

/** Answers with a problem, unless an answer has begun: then the connection is cut, so that nobody takes the part for the whole. */
export const sendProblem = (
  response: ServerResponse,
  { status, slug, title, detail }: Problem,
  headers: OutgoingHttpHeaders = {},
) => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const requestId = randomUUID();
  const body = JSON.stringify({ type: `/problems/${slug}`, title, status, detail, requestId });
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...headers,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  });
  response.end(body);
};
